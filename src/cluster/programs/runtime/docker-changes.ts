import { endContainer } from '../../laws/pods/run-containers.ts'
import type { Call, Reply } from '../../shell/program.ts'
import type { Container, ContainerRuntime } from '../../world/container.ts'
import { sizeText } from './crictl-lists.ts'
import { containerName } from './docker-name.ts'
import { findPause } from './docker-pauses.ts'
import { stopSandbox } from './stop-sandbox.ts'

/** The container of that name or whose id begins so. */
export const findContainer = (runtime: ContainerRuntime, word: string | undefined): Container | undefined =>
  word === undefined
    ? undefined
    : runtime.containers.find(c => c.id.startsWith(word) || containerName(runtime, c) === word)

/** `docker rm`. */
export const removeContainers = (call: Call, engine: ContainerRuntime, args: readonly string[]): Reply => {
  const isForced = args.some(word => word === '-f' || word === '--force')
  const words = args.filter(word => !word.startsWith('-'))
  if (words.length === 0)
    return { stderr: '"docker rm" requires at least 1 argument.\nSee \'docker rm --help\'.\n', exit: 1 }
  let stdout = ''
  let stderr = ''
  for (const word of words) {
    const container = findContainer(engine, word)
    if (container === undefined) {
      stderr += `Error: No such container: ${word}\n`
      continue
    }
    if (container.state === 'running' && !isForced) {
      stderr += `Error response from daemon: You cannot remove a running container ${container.id}. Stop the container before attempting removal or force remove\n`
      continue
    }
    if (container.state === 'running')
      endContainer(container, { atMs: call.world.nowMs, exitCode: 137, reason: 'Error' })
    engine.containers = engine.containers.filter(c => c !== container)
    stdout += `${word}\n`
  }
  return { stdout, stderr, exit: stderr === '' ? 0 : 1 }
}

const endings = {
  stop: { exitCode: 143, tookMs: 1_200 },
  kill: { exitCode: 137, tookMs: 200 },
} as const

/** `docker stop` and `docker kill`: what belongs to a pod is started anew by its kubelet. */
export const endContainers =
  (verb: keyof typeof endings) =>
  (call: Call, engine: ContainerRuntime, args: readonly string[]): Reply => {
    const words = args.filter(
      (word, at) => !word.startsWith('-') && !/^(-t|--time|-s|--signal)$/.test(args[at - 1] ?? ''),
    )
    if (words.length === 0)
      return {
        stderr: `"docker ${verb}" requires at least 1 argument.\nSee 'docker ${verb} --help'.\n`,
        exit: 1,
      }
    let stdout = ''
    let stderr = ''
    const { exitCode, tookMs } = endings[verb]
    for (const word of words) {
      const container = findContainer(engine, word)
      const pause = container === undefined ? findPause(engine, word) : undefined
      if (pause !== undefined) {
        stopSandbox(engine, pause, call.world.nowMs)
        stdout += `${word}\n`
      } else if (container === undefined) stderr += `Error response from daemon: No such container: ${word}\n`
      else if (container.state !== 'running' && verb === 'kill')
        stderr += `Error response from daemon: Cannot kill container: ${word}: Container ${container.id} is not running\n`
      else {
        if (container.state === 'running')
          endContainer(container, { atMs: call.world.nowMs, exitCode, reason: 'Error' })
        stdout += `${word}\n`
      }
    }
    return { stdout, stderr, exit: stderr === '' ? 0 : 1, tookMs }
  }

const PRUNE_WARNING = (isAll: boolean): string =>
  `WARNING! This will remove all ${isAll ? 'images without at least one container associated to them' : 'dangling images'}.\nAre you sure you want to continue? [y/N] `

/** `docker image prune`: without `-f` it asks, and a no or no answer leaves all as it is. */
export const pruneImages = (call: Call, engine: ContainerRuntime, args: readonly string[]): Reply => {
  const isAll = args.some(word => /^(-\w*a\w*|--all)$/.test(word))
  const isForced = args.some(word => /^(-\w*f\w*|--force)$/.test(word))
  const question = isForced ? '' : PRUNE_WARNING(isAll)
  if (!isForced && !/^\s*y/i.test(call.stdin)) return { stdout: question, exit: 0 }
  const used = new Set(engine.containers.map(c => c.imageId))
  const gone = engine.images.filter(i => !used.has(i.id) && !i.isPinned && (isAll || i.tags.length === 0))
  engine.images = engine.images.filter(i => !gone.includes(i))
  const bytes = gone.reduce((sum, image) => sum + image.sizeBytes, 0)
  const deleted = gone.flatMap(i => [...i.tags.map(tag => `untagged: ${tag}\n`), `deleted: ${i.id}\n`])
  const list = deleted.length === 0 ? '' : `Deleted Images:\n${deleted.join('')}\n`
  return { stdout: `${question}${list}Total reclaimed space: ${bytes === 0 ? '0B' : sizeText(bytes)}\n` }
}
