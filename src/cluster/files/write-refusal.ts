import { filesystemOf, filesystemUse } from '../relations/filesystem-use.ts'
import type { Machine } from '../world/machine.ts'
import { linkAt } from './file-tree.ts'
import { folderOf } from './paths.ts'

/** The errno name and its text, as libc words it. */
export type FileError = { readonly code: string; readonly text: string }

const noSpace: FileError = { code: 'ENOSPC', text: 'No space left on device' }
const readOnly: FileError = { code: 'EROFS', text: 'Read-only file system' }
const notPermitted: FileError = { code: 'EPERM', text: 'Operation not permitted' }
const ioError: FileError = { code: 'EIO', text: 'Input/output error' }
const stale: FileError = { code: 'ESTALE', text: 'Stale file handle' }

/** What a read on a device that does not answer gives. */
export const deviceError = (machine: Machine, path: string): FileError | undefined => {
  const error = filesystemOf(machine, path)?.error
  if (error === undefined) return undefined
  return error === stale.text ? stale : ioError
}

const isImmutable = (machine: Machine, path: string): boolean =>
  linkAt(machine.files, path)?.isImmutable === true ||
  linkAt(machine.files, folderOf(path))?.isImmutable === true

/**
 * Why a path cannot be written, made, moved or removed. `growsBy` is the bytes that it takes more when it is written: 0 for an empty file,
 * which takes an inode; without it nothing is written.
 */
export const writeRefusal = (machine: Machine, path: string, growsBy?: number): FileError | undefined => {
  const filesystem = filesystemOf(machine, path)
  const broken = deviceError(machine, path)
  if (broken !== undefined) return broken
  if (filesystem?.isReadOnly === true) return readOnly
  if (isImmutable(machine, path)) return notPermitted
  if (filesystem === undefined || growsBy === undefined) return undefined
  const use = filesystemUse(machine, filesystem)
  const isNew = linkAt(machine.files, path) === undefined
  if (isNew && filesystem.inodes > 0 && use.usedInodes >= filesystem.inodes) return noSpace
  return growsBy > 0 && use.usedBytes + growsBy > filesystem.sizeBytes ? noSpace : undefined
}
