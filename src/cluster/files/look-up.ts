import { processesOf } from '../relations/processes.ts'
import { deadSocketsOf, lostSocketOf, type UnixSocket, unixSocketsOf } from '../relations/unix-sockets.ts'
import type { FileNode } from '../world/file-node.ts'
import { fileViews } from './all-views.ts'
import { linkAt, namesIn, nodeAt } from './file-tree.ts'
import { folderOf, isBelow, resolvePath, throughRunLink } from './paths.ts'
import type { FileView, Viewpoint } from './views.ts'

const kernelNode = (text: string, kind: FileNode['kind'], mtimeMs: number): FileNode => ({
  kind,
  text,
  mode: { directory: 0o555, file: 0o644, symlink: 0o777 }[kind],
  owner: 'root',
  group: 'root',
  mtimeMs,
  paddingBytes: 0,
  paddingInodes: 0,
  isImmutable: false,
})

/** The view that a path lies in, if any: the narrowest. */
export const viewOf = (path: string): FileView | undefined =>
  fileViews.filter(view => isBelow(path, view.folder)).sort((a, b) => b.folder.length - a.folder.length)[0]

const viewedNode = (at: Viewpoint, view: FileView, path: string): FileNode | undefined => {
  const paths = view.list(at, path)
  const { nowMs } = at.world
  if (paths.includes(path)) {
    const node = kernelNode(view.read(at, path), 'file', view.changedMs?.(at, path) ?? nowMs)
    return { ...node, paddingBytes: view.padding?.(at, path) ?? 0, ...view.modes?.file }
  }
  return paths.some(listed => isBelow(listed, path))
    ? {
        ...kernelNode('', 'directory', view.changedMs?.(at, path) ?? nowMs),
        ...view.modes?.folder,
        ...(view.folderMode === undefined ? {} : { mode: view.folderMode(path) }),
      }
    : undefined
}

/** What lies at a path, stored or viewed; `folders-only` gives a link itself. */
export const findNode = (
  at: Viewpoint,
  path: string,
  follow: 'links' | 'folders-only',
): FileNode | undefined => {
  const view = viewOf(path)
  if (view !== undefined) {
    const links = view.links?.(at, path)
    const to = links?.get(path)
    if (to !== undefined) {
      // What a number stands for need not lie anywhere: a socket, a pipe.
      const isFollowed = follow === 'links' && !/^\w+:\[/.test(to)
      return isFollowed
        ? findNode(at, resolvePath(folderOf(path), to), 'links')
        : kernelNode(to, 'symlink', view.changedMs?.(at, path) ?? at.world.nowMs)
    }
    const found = viewedNode(at, view, path) ?? storedNode(at, path, follow)
    if (found !== undefined || links === undefined) return found
    const [link, beyond] = [...links].find(([each]) => isBelow(path, each)) ?? []
    return link === undefined || beyond === undefined
      ? undefined
      : findNode(at, resolvePath(folderOf(link), `${beyond}${path.slice(link.length)}`), follow)
  }
  const stored = storedNode(at, path, follow)
  const isAboveView = stored === undefined && fileViews.some(({ folder }) => isBelow(folder, path))
  return isAboveView ? kernelNode('', 'directory', at.world.nowMs) : stored
}

const storedNode = (at: Viewpoint, path: string, follow: 'links' | 'folders-only'): FileNode | undefined =>
  (follow === 'links' ? nodeAt(at.machine.files, path) : linkAt(at.machine.files, path)) ??
  socketNode(at, path)

const mayHoldSockets = /^\/(run|var\/lib\/kubelet)(\/|$)/

/** The files of the sockets that programs of a machine wait at: there for as long as they do. A container sees none of them. */
const socketsAt = (
  { world, machine }: Viewpoint,
  path: string,
): readonly Pick<UnixSocket, 'path' | 'madeMs'>[] =>
  mayHoldSockets.test(path) && machine.units.size > 0
    ? [
        ...unixSocketsOf(machine, processesOf(world, machine)).filter(
          socket => lostSocketOf(machine, socket) === undefined,
        ),
        ...deadSocketsOf(machine),
      ]
    : []

const socketNode = (at: Viewpoint, named: string): FileNode | undefined => {
  // What lies below a link is looked for where that leads.
  const path = throughRunLink(named)
  const sockets = socketsAt(at, path)
  const socket = sockets.find(each => each.path === path)
  if (socket !== undefined) return { ...kernelNode('', 'file', socket.madeMs), mode: 0o660 }
  const below = sockets.filter(each => isBelow(each.path, path))
  return below.length === 0
    ? undefined
    : { ...kernelNode('', 'directory', Math.max(...below.map(({ madeMs }) => madeMs))), mode: 0o755 }
}

/** The names in a folder, stored and viewed, sorted; empty where there is none. */
export const namesAt = (at: Viewpoint, path: string): readonly string[] => {
  const start = path === '/' ? '/' : `${path}/`
  const viewed = fileViews
    .filter(view => isBelow(view.folder, path) || isBelow(path, view.folder))
    .flatMap(view => view.list(at, path))
    .concat(socketsAt(at, path).map(socket => socket.path))
    .filter(listed => listed.startsWith(start))
    .map(listed => listed.slice(start.length).split('/')[0] ?? '')
    .filter(name => name !== '')
  return [...new Set([...namesIn(at.machine.files, path), ...viewed])].sort()
}

/** How many names lead to what lies at a path: to a folder its own, the dot within, and the two dots of each folder in it. */
export const linksTo = (at: Viewpoint, path: string, { kind }: FileNode): number =>
  kind === 'directory'
    ? 2 +
      namesAt(at, path).filter(
        name => findNode(at, resolvePath(path, name), 'folders-only')?.kind === 'directory',
      ).length
    : 1
