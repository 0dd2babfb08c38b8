import { fullImageName, knownImage } from '../../kube/known-images.ts'
import { klog } from '../../kube/times.ts'
import { endContainer } from '../../laws/pods/run-containers.ts'
import { sayContainerRemoved, sayStopped } from '../../laws/pods/runtime-ends.ts'
import { pullError, sayPullBegun, sayPulled, sayPullFailed } from '../../laws/pods/say-pull.ts'
import { machineNowMs } from '../../relations/clock.ts'
import { imageIdOf } from '../../relations/image-names.ts'
import { findImage, pullProblem } from '../../relations/image-pull.ts'
import { killProblem } from '../../relations/start-problem.ts'
import type { Call, Reply } from '../../shell/program.ts'
import { decodeBase64 } from '../../text/base64.ts'
import { quoted } from '../../text/quoted.ts'
import type { Container, ContainerRuntime } from '../../world/container.ts'
import type { CrictlArguments } from './crictl-arguments.ts'
import { notThere } from './crictl-inspect.ts'
import { stopSandbox } from './stop-sandbox.ts'

/** A command of crictl on a runtime that answers. */
export type Command = (call: Call, runtime: ContainerRuntime, args: CrictlArguments) => Reply | Promise<Reply>

const MIB = 1024 ** 2

/** The container whose id begins so. */
export const findContainer = (runtime: ContainerRuntime, id: string | undefined): Container | undefined =>
  id === undefined ? undefined : runtime.containers.find(c => c.id.startsWith(id))

/** What crictl says without an id. */
export const wantsId = (command: string): Reply => ({
  stderr: `FATA[0000] ${command === 'logs' ? 'ID cannot be empty' : 'ID cannot be empty'}\n`,
  exit: 1,
})

const REFUSAL_MS = 800
const NO_ANSWER_MS = 30_000
const PULL_MS = 3_000

const pullFailed = ({ world, machine }: Call, image: string, problem: string): Reply => {
  sayPullFailed({ world, machine }, image, problem)
  const atMs = machineNowMs(world, machine)
  const text = quoted(pullError(problem))
  const line = klog(
    'E',
    { atMs, pid: 22_893, source: 'remote_image.go:171' },
    `"PullImage from image service failed" err="${text}" image="${image}"`,
  )
  return {
    stderr: `${line}\ntime="${new Date(atMs).toISOString().slice(0, 19)}Z" level=fatal msg="pulling image: ${text}"\n`,
    exit: 1,
  }
}

/** `crictl pull`. */
export const pull: Command = async (call, runtime, { words, flags }) => {
  const { world, machine } = call
  const [image] = words
  if (image === undefined) return { stderr: 'FATA[0000] Image cannot be empty\n', exit: 1 }
  const login = flags.get('creds') ?? decodeBase64(flags.get('auth') ?? '')
  sayPullBegun(call, image)
  const problem = pullProblem(world, machine, { image, login: login === '' ? undefined : login })
  const known = findImage(machine, image)
  const refusalMs = problem?.includes('i/o timeout') === true ? NO_ANSWER_MS : REFUSAL_MS
  await call.passage.sleep(problem === undefined ? PULL_MS : refusalMs)
  if (problem !== undefined) return pullFailed(call, image, problem)
  const id = known?.id ?? imageIdOf(world, image)
  if (known === undefined)
    runtime.images.push({
      id,
      tags: [fullImageName(image)],
      sizeBytes: (knownImage(image)?.sizeMiB ?? 20) * MIB,
      isPinned: false,
    })
  sayPulled(call, image)
  return { stdout: `Image is up to date for ${id}\n` }
}

/** `crictl stop`. */
export const stop: Command = (call, runtime, { words }) => {
  let stdout = ''
  for (const id of words) {
    const container = findContainer(runtime, id)
    if (container === undefined) return { stdout, ...notThere('container', id) }
    const problem = container.state === 'running' ? killProblem(call.machine, container.id) : undefined
    if (problem !== undefined)
      return {
        stdout,
        stderr: `FATA[0000] stopping the container "${id}": rpc error: code = Unknown desc = ${problem}\n`,
        exit: 1,
      }
    if (container.state === 'running') {
      endContainer(container, { atMs: call.world.nowMs, exitCode: 137, reason: 'Error' })
      sayStopped(call, container, 0)
    }
    stdout += `${id}\n`
  }
  return { stdout, tookMs: 900 }
}

/** `crictl rm`. */
export const remove: Command = (call, runtime, { words, flags }) => {
  const ids = flags.has('all') ? runtime.containers.filter(c => c.state === 'exited').map(c => c.id) : words
  if (ids.length === 0) return flags.has('all') ? {} : wantsId('rm')
  let stdout = ''
  for (const id of ids) {
    const container = findContainer(runtime, id)
    if (container === undefined) return { stdout, ...notThere('container', id) }
    if (container.state === 'running' && !flags.has('force'))
      return {
        stdout,
        stderr: `ERRO[0000] container "${id}" is running, please stop it first\nFATA[0000] unable to remove container(s)\n`,
        exit: 1,
      }
    if (container.state === 'running')
      endContainer(container, { atMs: call.world.nowMs, exitCode: 137, reason: 'Error' })
    sayStopped(call, container, 0)
    sayContainerRemoved(call, container)
    runtime.containers = runtime.containers.filter(c => c !== container)
    stdout += `${id}\n`
  }
  return { stdout }
}

const isUsed = (runtime: ContainerRuntime, tags: readonly string[]): boolean =>
  runtime.containers.some(c => tags.includes(c.image))

/** `crictl rmi`. */
export const removeImages: Command = (_call, runtime, { words, flags }) => {
  const gone = flags.has('prune')
    ? runtime.images.filter(i => !isUsed(runtime, i.tags) && !i.isPinned)
    : runtime.images.filter(i =>
        words.some(
          w =>
            i.tags.includes(fullImageName(w)) ||
            i.id.replace('sha256:', '').startsWith(w.replace('sha256:', '')),
        ),
      )
  if (!flags.has('prune') && words.length === 0) return { stderr: 'FATA[0000] no image specified\n', exit: 1 }
  if (!flags.has('prune') && gone.length === 0)
    return {
      stderr: `ERRO[0000] no such image ${words[0]}\nFATA[0000] unable to remove the image(s)\n`,
      exit: 1,
    }
  runtime.images = runtime.images.filter(i => !gone.includes(i))
  return {
    stdout: gone
      .flatMap(i => i.tags)
      .map(tag => `Deleted: ${tag}\n`)
      .join(''),
  }
}

/** `crictl stopp`. */
export const stopPods: Command = (call, runtime, { words }) => {
  let stdout = ''
  for (const id of words) {
    const sandbox = runtime.sandboxes.find(s => s.id.startsWith(id))
    if (sandbox === undefined)
      return {
        stdout,
        stderr: `FATA[0000] stopping the pod sandbox "${id}": rpc error: code = NotFound desc = an error occurred when try to find sandbox "${id}": not found\n`,
        exit: 1,
      }
    stopSandbox(runtime, sandbox, call.world.nowMs)
    stdout += `Stopped sandbox ${sandbox.id}\n`
  }
  return words.length === 0 ? { stderr: 'FATA[0000] ID cannot be empty\n', exit: 1 } : { stdout, tookMs: 900 }
}

/** `crictl rmp`. */
export const removePods: Command = (_call, runtime, { words, flags }) => {
  let stdout = ''
  for (const id of words) {
    const sandbox = runtime.sandboxes.find(s => s.id.startsWith(id))
    if (sandbox === undefined)
      return {
        stdout,
        stderr: `FATA[0000] removing the pod sandbox "${id}": rpc error: code = NotFound desc = not found\n`,
        exit: 1,
      }
    if (sandbox.state === 'ready' && !flags.has('force'))
      return {
        stdout,
        stderr: `FATA[0000] removing the pod sandbox "${id}": rpc error: code = Unknown desc = sandbox container "${sandbox.id}" is not fully stopped\n`,
        exit: 1,
      }
    runtime.containers = runtime.containers.filter(c => c.sandboxId !== sandbox.id)
    runtime.sandboxes = runtime.sandboxes.filter(s => s !== sandbox)
    stdout += `Removed sandbox ${sandbox.id}\n`
  }
  return { stdout }
}
