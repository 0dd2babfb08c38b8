import { findNode } from './look-up.ts'
import { folderOf } from './paths.ts'
import type { Viewpoint } from './views.ts'
import type { FileError } from './write-refusal.ts'

const denied: FileError = { code: 'EACCES', text: 'Permission denied' }

const READ = 4
const WRITE = 2

const allows = (
  node: { readonly owner: string; readonly group: string; readonly mode: number },
  user: string,
  bit: number,
): boolean => {
  const shift = node.owner === user ? 6 : node.group === user ? 3 : 0
  return ((node.mode >> shift) & bit) !== 0
}

/** Why the user at a viewpoint may not read or write a path: by its mode, or for a new file by that of its folder. Root may all. */
export const accessError = (at: Viewpoint, path: string, wanted: 'read' | 'write'): FileError | undefined => {
  const { user = 'root' } = at
  if (user === 'root') return undefined
  const node = findNode(at, path, 'links') ?? findNode(at, folderOf(path), 'links')
  if (node === undefined) return undefined
  return allows(node, user, wanted === 'read' ? READ : WRITE) ? undefined : denied
}
