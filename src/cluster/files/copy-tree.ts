import type { Machine } from '../world/machine.ts'
import { makeFolder, nodeAt, setNode } from './file-tree.ts'
import { folderOf, isBelow, resolvePath } from './paths.ts'
import { writeRefusal } from './write-refusal.ts'

/** A path on a machine, or inside a container. */
export type FileEnd = { readonly machine: Machine; readonly path: string }

/** A copy from one machine to another; without `isDeep` folders are not taken. */
export type Copy = {
  readonly from: FileEnd
  readonly to: FileEnd
  readonly isDeep: boolean
  readonly mtimeMs: number
}

/** What keeps a copy from being made: at which path, and why in the words of libc. */
export type CopyProblem = { readonly at: 'source' | 'target'; readonly path: string; readonly text: string }

/** Copies a file or a folder with all that lies below it; gives what kept it from being made. */
export const copyTree = ({ from, to, isDeep, mtimeMs }: Copy): CopyProblem | undefined => {
  const node = nodeAt(from.machine.files, from.path)
  if (node === undefined) return { at: 'source', path: from.path, text: 'No such file or directory' }
  if (node.kind === 'directory' && !isDeep)
    return { at: 'source', path: from.path, text: 'not a regular file' }
  const isInto = nodeAt(to.machine.files, to.path)?.kind === 'directory'
  const target = isInto ? resolvePath(to.path, from.path.slice(from.path.lastIndexOf('/') + 1)) : to.path
  if (nodeAt(to.machine.files, folderOf(target))?.kind !== 'directory')
    return { at: 'target', path: target, text: 'No such file or directory' }
  for (const [path, found] of [...from.machine.files].filter(([path]) => isBelow(path, from.path))) {
    const place = `${target}${path.slice(from.path.length)}`
    const refusal = writeRefusal(to.machine, place, found.text.length + found.paddingBytes)
    if (refusal !== undefined) return { at: 'target', path: place, text: refusal.text }
    makeFolder(to.machine.files, folderOf(place), { mtimeMs })
    setNode(to.machine.files, place, { ...found, isImmutable: false, mtimeMs })
  }
  return undefined
}
