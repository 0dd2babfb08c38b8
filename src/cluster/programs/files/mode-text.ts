import type { FileNode } from '../../world/file-node.ts'

const three = (bits: number, special: string | undefined): string => {
  const execute = (bits & 1) !== 0
  const last = special === undefined ? (execute ? 'x' : '-') : execute ? special : special.toUpperCase()
  return `${(bits & 4) !== 0 ? 'r' : '-'}${(bits & 2) !== 0 ? 'w' : '-'}${last}`
}

/** Where programs keep the sockets at which they wait. */
const isSocketPath = (path: string): boolean =>
  /^\/(var\/)?(run|lib\/kubelet)\/.*(\.sock(\.ttrpc)?|systemd\/(notify|private|journal\/[\w-]+)|system_bus_socket|containerd\/s\/\w+)$/.test(
    path,
  )

/** What a file is that holds no text of its own; `undefined` for all others. What lies below /dev is a device, but what a container says last. */
export const specialOf = (
  { kind, special }: FileNode,
  path: string,
): 'block' | 'character' | 'pipe' | 'socket' | undefined => {
  if (kind !== 'file') return undefined
  if (special !== undefined) return special
  if (path === '/dev/termination-log') return undefined
  if (path.startsWith('/dev/')) return /^\/dev\/(sd|vd|nvme|dm-)/.test(path) ? 'block' : 'character'
  return isSocketPath(path) ? 'socket' : undefined
}

const letters = {
  file: '-',
  directory: 'd',
  symlink: 'l',
  block: 'b',
  character: 'c',
  pipe: 'p',
  socket: 's',
} as const

/** A node's kind and mode as `ls -l` writes them: `drwxr-xr-x`. */
export const modeText = (node: FileNode, path: string): string => {
  const { kind, mode } = node
  const letter = letters[specialOf(node, path) ?? kind]
  const owner = three((mode >> 6) & 7, (mode & 0o4000) !== 0 ? 's' : undefined)
  const group = three((mode >> 3) & 7, (mode & 0o2000) !== 0 ? 's' : undefined)
  return `${letter}${owner}${group}${three(mode & 7, (mode & 0o1000) !== 0 ? 't' : undefined)}`
}
