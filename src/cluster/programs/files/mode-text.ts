import type { FileNode } from '../../world/file-node.ts'

const three = (bits: number, special: string | undefined): string => {
  const execute = (bits & 1) !== 0
  const last = special === undefined ? (execute ? 'x' : '-') : execute ? special : special.toUpperCase()
  return `${(bits & 4) !== 0 ? 'r' : '-'}${(bits & 2) !== 0 ? 'w' : '-'}${last}`
}

/** A node's kind and mode as `ls -l` writes them: `drwxr-xr-x`. */
export const modeText = ({ kind, mode }: FileNode): string => {
  const letter = { file: '-', directory: 'd', symlink: 'l' }[kind]
  const owner = three((mode >> 6) & 7, (mode & 0o4000) !== 0 ? 's' : undefined)
  const group = three((mode >> 3) & 7, (mode & 0o2000) !== 0 ? 's' : undefined)
  return `${letter}${owner}${group}${three(mode & 7, (mode & 0o1000) !== 0 ? 't' : undefined)}`
}
