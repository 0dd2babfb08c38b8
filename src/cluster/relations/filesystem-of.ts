import { isBelow } from '../files/paths.ts'
import type { Filesystem, Machine } from '../world/machine.ts'

/** The filesystem that a path lies on: the one with the longest mount point above it. */
export const filesystemOf = (machine: Machine, path: string): Filesystem | undefined =>
  machine.filesystems
    .filter(candidate => isBelow(path, candidate.mount))
    .sort((a, b) => b.mount.length - a.mount.length)[0]
