import { copyTree, type FileEnd } from '../../files/copy-tree.ts'
import { resolvePath } from '../../files/paths.ts'
import { postIn } from '../../shell/post-in.ts'
import type { Reply } from '../../shell/program.ts'
import type { Client } from './client.ts'
import { containerAsked } from './exec.ts'
import { findTarget, isTarget } from './find-target.ts'

/** `pod:path` or `namespace/pod:path`; anything else is a path here. */
const readPlace = (word: string) => {
  const [, namespace, pod, path = ''] = /^(?:([\w-]+)\/)?([\w.-]+):(.+)$/.exec(word) ?? []
  return pod === undefined ? undefined : { namespace, pod, path }
}

const reach = (client: Client, word: string): FileEnd | Reply => {
  const place = readPlace(word)
  if (place === undefined) return { machine: client.call.machine, path: resolvePath(client.call.cwd, word) }
  const within = { ...client, namespace: place.namespace ?? client.namespace }
  const target = findTarget(within, place.pod)
  if (!isTarget(target)) return target
  const found = containerAsked(within, target.object)
  if (!('container' in found)) return found
  const post = postIn(client.call.world, found.place, found.container)
  return { machine: post.machine, path: resolvePath('/', place.path) }
}

const isEnd = (value: FileEnd | Reply): value is FileEnd => 'machine' in value

/** `kubectl cp`: files between here and a container, by the container's tar. */
export const copyFiles = (client: Client): Reply => {
  const [, source, target, ...more] = client.args.words
  if (source === undefined || target === undefined || more.length > 0)
    return { stderr: 'error: source and destination are required\n', exit: 1 }
  const ends = [readPlace(source), readPlace(target)].filter(place => place !== undefined)
  if (ends.length === 0)
    return { stderr: 'error: one of src or dest must be a local file specification\n', exit: 1 }
  const from = reach(client, source)
  if (!isEnd(from)) return from
  const to = reach(client, target)
  if (!isEnd(to)) return to
  const problem = copyTree({ from, to, isDeep: true, mtimeMs: client.call.world.nowMs })
  const isOutOfPod = readPlace(source) !== undefined
  if (problem !== undefined && problem.at === 'source')
    return isOutOfPod
      ? {
          stderr: `tar: ${problem.path.slice(1)}: Cannot stat: ${problem.text}\ntar: Exiting with failure status due to previous errors\nerror: command terminated with exit code 2\n`,
          exit: 1,
        }
      : { stderr: `error: ${source} doesn't exist in local filesystem\n`, exit: 1 }
  if (problem !== undefined)
    return isOutOfPod
      ? { stderr: `error: open ${problem.path}: ${problem.text.toLowerCase()}\n`, exit: 1 }
      : {
          stderr: `tar: ${problem.path.slice(1)}: Cannot open: ${problem.text}\ntar: Exiting with failure status due to previous errors\nerror: command terminated with exit code 2\n`,
          exit: 1,
        }
  return { stderr: isOutOfPod ? "tar: Removing leading `/' from member names\n" : '', tookMs: 400 }
}
