import { nanoIsoOf } from '../kube/times.ts'
import type { Container } from '../world/container.ts'
import type { Machine } from '../world/machine.ts'
import { isBelow } from './paths.ts'
import type { FileView, Viewpoint } from './views.ts'

const PODS = '/var/log/pods'
const CONTAINERS = '/var/log/containers'
const POD_DEPTH = `${PODS}/pod`.split('/').length

type Log = { readonly path: string; readonly link: string; readonly container: Container }

/** The log files of a machine's containers; Docker keeps its own elsewhere. */
export const logsOf = ({ runtime }: Machine): readonly Log[] => {
  if (runtime?.kind !== 'containerd') return []
  const uids = new Map(runtime.sandboxes.map(({ id, kubeUid }) => [id, kubeUid]))
  return runtime.containers.map(container => {
    const { namespace, podName, name, attempt, id, sandboxId } = container
    return {
      path: `${PODS}/${namespace}_${podName}_${uids.get(sandboxId) ?? ''}/${name}/${attempt}.log`,
      link: `${CONTAINERS}/${podName}_${namespace}_${name}-${id}.log`,
      container,
    }
  })
}

/** The folders of pods whose containers have said nothing yet, since none was made: each with a slash at its end. */
const emptyFoldersOf = ({ runtime }: Machine): readonly { readonly path: string; readonly atMs: number }[] =>
  runtime?.kind !== 'containerd'
    ? []
    : runtime.sandboxes
        .filter(({ id }) => runtime.containers.every(({ sandboxId }) => sandboxId !== id))
        .map(({ namespace, name, kubeUid, createdMs }) => ({
          path: `${PODS}/${namespace}_${name}_${kubeUid}/`,
          atMs: createdMs,
        }))

const textOf = ({ log }: Container): string =>
  log.map(({ atMs, shownMs = atMs, stream, text }) => `${nanoIsoOf(shownMs)} ${stream} F ${text}\n`).join('')

const read = ({ machine }: Viewpoint, wanted: string): string => {
  const found = logsOf(machine).find(({ path }) => path === wanted)
  return found === undefined ? '' : textOf(found.container)
}

/** A pod's folder is as old as its first container, any other folder as what came into it last. */
const changedMs = ({ world, machine }: Viewpoint, path: string): number => {
  const logs = logsOf(machine)
  const own = logs.find(log => log.path === path)?.container
  if (own !== undefined) {
    const last = own.log.at(-1)
    return last === undefined ? own.createdMs : (last.shownMs ?? last.atMs)
  }
  const times = logs
    .filter(log => log.link === path || isBelow(log.path, path) || isBelow(log.link, path))
    .map(({ container }) => container.createdMs)
    .concat(
      emptyFoldersOf(machine)
        .filter(folder => isBelow(folder.path, path))
        .map(({ atMs }) => atMs),
    )
  const isPod = path.startsWith(`${PODS}/`) && path.split('/').length === POD_DEPTH
  return times.length === 0 ? world.nowMs : isPod ? Math.min(...times) : Math.max(...times)
}

const modes = { file: { mode: 0o640 }, folder: { mode: 0o755 } }

/** /var/log/pods: what containers have said, each line as the CRI writes it. */
export const podLogs: FileView = {
  folder: PODS,
  modes,
  list: ({ machine }) => [...logsOf(machine), ...emptyFoldersOf(machine)].map(({ path }) => path),
  read,
  changedMs,
}

/** /var/log/containers: links to those logs by the names that collectors look for. */
export const containerLinks: FileView = {
  folder: CONTAINERS,
  modes,
  list: ({ machine }) => logsOf(machine).map(({ link }) => link),
  links: ({ machine }) => new Map(logsOf(machine).map(({ link, path }) => [link, path])),
  read: () => '',
  changedMs,
}
