import { accessError } from './access.ts'
import { isSink } from './devices.ts'
import { realPathOf } from './file-tree.ts'
import { findNode, viewOf } from './look-up.ts'
import { folderOf, resolvePath } from './paths.ts'
import { askedToOpen, type Redirections } from './redirections.ts'
import { isUnseen } from './unseen.ts'
import type { Viewpoint } from './views.ts'
import { writeRefusal } from './write-refusal.ts'

/** What keeps the shell from opening a file to write to it, in the words of libc. */
const openError = (at: Viewpoint, path: string): string | undefined => {
  if (isSink(path) || isUnseen(path) || viewOf(path) !== undefined) return undefined
  const above = findNode(at, folderOf(path), 'links')
  if (above === undefined) return 'No such file or directory'
  if (above.kind !== 'directory') return 'Not a directory'
  if (findNode(at, path, 'links')?.kind === 'directory') return 'Is a directory'
  const real = realPathOf(at.machine.files, path) ?? path
  return (accessError(at, path, 'write') ?? writeRefusal(at.machine, real, 0))?.text
}

/** Whether there is something at a path; of a question whether a file can be opened, whether it can. */
export const isThere = (at: Viewpoint, path: string, { refuse }: Redirections): boolean => {
  const asked = askedToOpen(path)
  if (asked === undefined) return isUnseen(path) || findNode(at, path, 'links') !== undefined
  const error = openError(at, resolvePath(asked.folder, asked.word))
  if (error !== undefined) refuse(asked.word, error)
  return error === undefined
}
