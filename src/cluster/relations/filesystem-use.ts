import { sizeOf } from '../files/file-tree.ts'
import { isBelow } from '../files/paths.ts'
import type { Filesystem, Machine } from '../world/machine.ts'

/** How full a filesystem is: bytes and inodes used. */
export type FilesystemUse = { readonly usedBytes: number; readonly usedInodes: number }

/** The filesystem that a path lies on: the one with the longest mount point above it. */
export const filesystemOf = (machine: Machine, path: string): Filesystem | undefined =>
  machine.filesystems
    .filter(candidate => isBelow(path, candidate.mount))
    .sort((a, b) => b.mount.length - a.mount.length)[0]

/** What an entry of the journal takes on disk, with its fields and index. */
export const JOURNAL_ENTRY_BYTES = 600

/** What the machine keeps besides its files: the journal, images, and the logs of containers; by the path where it lies. */
const heldBeside = (machine: Machine): readonly (readonly [string, number])[] => {
  const { runtime } = machine
  const store = runtime?.kind === 'docker' ? '/var/lib/docker' : '/var/lib/containerd'
  const images = (runtime?.images ?? []).reduce((sum, image) => sum + image.sizeBytes, 0)
  const logs = (runtime?.containers ?? [])
    .flatMap(c => c.log)
    .reduce((sum, line) => sum + line.text.length, 0)
  return [
    ['/var/log/journal', machine.journal.length * JOURNAL_ENTRY_BYTES],
    [store, images],
    ['/var/log/pods', logs],
  ]
}

/** The bytes at a path and below it, with what is kept there besides files. */
export const bytesAt = (machine: Machine, folder: string): number => {
  let bytes = 0
  for (const [path, node] of machine.files)
    if (node.kind === 'file' && isBelow(path, folder)) bytes += sizeOf(node)
  for (const [path, held] of heldBeside(machine)) if (isBelow(path, folder)) bytes += held
  return bytes
}

/** How full a filesystem of a machine is. Never more than it holds. */
export const filesystemUse = (machine: Machine, filesystem: Filesystem): FilesystemUse => {
  let bytes = filesystem.baseBytes
  let inodes = filesystem.baseInodes
  for (const [path, node] of machine.files) {
    if (filesystemOf(machine, path) !== filesystem) continue
    inodes += 1 + node.paddingInodes
    if (node.kind === 'file') bytes += sizeOf(node)
  }
  for (const [path, held] of heldBeside(machine))
    if (filesystemOf(machine, path) === filesystem) bytes += held
  return { usedBytes: Math.min(bytes, filesystem.sizeBytes), usedInodes: Math.min(inodes, filesystem.inodes) }
}
