import type { FileNode } from '../../world/file-node.ts'

const three = (bits: number, special: string | undefined): string => {
  const execute = (bits & 1) !== 0
  const last = special === undefined ? (execute ? 'x' : '-') : execute ? special : special.toUpperCase()
  return `${(bits & 4) !== 0 ? 'r' : '-'}${(bits & 2) !== 0 ? 'w' : '-'}${last}`
}

/** Where programs keep the sockets at which they wait. */
export const isSocketPath = (path: string): boolean =>
  /^\/(var\/)?(run|lib\/kubelet)\/.*(\.sock(\.ttrpc)?|systemd\/(notify|private|journal\/[\w-]+)|system_bus_socket|containerd\/s\/\w+)$/.test(
    path,
  )

const letterOf = (kind: FileNode['kind'], path: string): string => {
  if (kind === 'file' && path.startsWith('/dev/')) return /^\/dev\/(sd|vd|nvme|dm-)/.test(path) ? 'b' : 'c'
  if (kind === 'file' && isSocketPath(path)) return 's'
  return { file: '-', directory: 'd', symlink: 'l' }[kind]
}

/** A node's kind and mode as `ls -l` writes them: `drwxr-xr-x`. What lies below /dev is a device. */
export const modeText = ({ kind, mode }: FileNode, path: string): string => {
  const letter = letterOf(kind, path)
  const owner = three((mode >> 6) & 7, (mode & 0o4000) !== 0 ? 's' : undefined)
  const group = three((mode >> 3) & 7, (mode & 0o2000) !== 0 ? 's' : undefined)
  return `${letter}${owner}${group}${three(mode & 7, (mode & 0o1000) !== 0 ? 't' : undefined)}`
}
