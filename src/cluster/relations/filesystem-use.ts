import { isBelow } from '../files/paths.ts'
import { totalsByMount } from '../files/tree-totals.ts'
import type { LogLine } from '../world/journal-entry.ts'
import type { Filesystem, Machine } from '../world/machine.ts'
import { imageStoreOf } from './runtime-folders.ts'
import { unlinkedOf } from './unlinked.ts'

/** How full a filesystem is: bytes and inodes used. */
export type FilesystemUse = { readonly usedBytes: number; readonly usedInodes: number }

/** The filesystem that a path lies on: the one with the longest mount point above it. */
export const filesystemOf = (machine: Machine, path: string): Filesystem | undefined =>
  machine.filesystems
    .filter(candidate => isBelow(path, candidate.mount))
    .sort((a, b) => b.mount.length - a.mount.length)[0]

/** What an entry of the journal takes on disk, with its fields and index. */
export const JOURNAL_ENTRY_BYTES = 600

type Counted = {
  lines: number
  length: number
  readonly first: LogLine | undefined
  last: LogLine | undefined
}

const counted = new WeakMap<readonly LogLine[], Counted>()

/** How long the lines of a log are together. A log that only grew since is counted on from where it was. */
const lengthOf = (log: readonly LogLine[]): number => {
  const known = counted.get(log)
  const hasGrown =
    known !== undefined && known.first === log[0] && known.last === log[known.lines - 1] && known.lines > 0
  const sum = hasGrown ? known : { lines: 0, length: 0, first: log[0], last: undefined }
  for (; sum.lines < log.length; sum.lines += 1) {
    sum.last = log[sum.lines]
    sum.length += sum.last?.text.length ?? 0
  }
  if (!hasGrown) counted.set(log, sum)
  return sum.length
}

/** What the journal, images and the logs of containers take; by the path where it lies. */
const keptByServices = (machine: Machine): readonly (readonly [string, number])[] => {
  const { runtime } = machine
  const store = imageStoreOf(runtime)
  const images = (runtime?.images ?? []).reduce((sum, image) => sum + image.sizeBytes, 0)
  let logs = 0
  for (const { log } of runtime?.containers ?? []) logs += lengthOf(log)
  return [
    ['/var/log/journal', machine.journal.length * JOURNAL_ENTRY_BYTES],
    [store, images],
    ['/var/log/pods', logs],
  ]
}

/** Where the bytes lie that a filesystem has from the beginning: an installed system is not kept file by file. */
const baseShares: Readonly<Record<string, readonly (readonly [string, number])[]>> = {
  '/': [
    ['/usr/lib', 0.5],
    ['/usr/share', 0.2],
    ['/usr/src', 0.06],
    ['/usr/bin', 0.06],
    ['/snap', 0.1],
    ['/opt', 0.08],
  ],
  '/var': [
    ['/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs', 0.78],
    ['/var/lib/apt', 0.06],
    ['/var/cache/apt', 0.1],
    ['/var/lib/snapd', 0.06],
  ],
}

/** All that a machine keeps besides its files, by the path where it lies, with what its filesystems had from the beginning. */
export const heldBeside = (machine: Machine): readonly (readonly [string, number])[] => [
  ...keptByServices(machine),
  ...machine.filesystems.flatMap(({ mount, baseBytes }) =>
    (baseShares[mount] ?? [[mount, 1] as const]).map(([path, share]) => [path, baseBytes * share] as const),
  ),
]

/** How full all filesystems of a machine are. Never more than they hold. */
export const filesystemUses = (machine: Machine): ReadonlyMap<Filesystem, FilesystemUse> => {
  const mounts = machine.filesystems.map(({ mount }) => mount)
  const totals = totalsByMount(machine.files, mounts)
  const unlinked = unlinkedOf(machine).map(({ path, bytes }) => [path, bytes] as const)
  const beside = [...keptByServices(machine), ...unlinked].map(
    ([path, held]) => [filesystemOf(machine, path), held] as const,
  )
  return new Map(
    machine.filesystems.map(filesystem => {
      const { bytes, inodes } = totals.get(filesystem.mount) ?? { bytes: 0, inodes: 0 }
      const held = beside.reduce((sum, [where, more]) => (where === filesystem ? sum + more : sum), 0)
      return [
        filesystem,
        {
          usedBytes: Math.round(Math.min(filesystem.baseBytes + bytes + held, filesystem.sizeBytes)),
          usedInodes: Math.min(filesystem.baseInodes + inodes, filesystem.inodes),
        },
      ]
    }),
  )
}

/** How full a filesystem of a machine is. */
export const filesystemUse = (machine: Machine, filesystem: Filesystem): FilesystemUse =>
  filesystemUses(machine).get(filesystem) ?? { usedBytes: 0, usedInodes: 0 }

/** The bytes that a user can still write where a path lies; what is reserved is root's. */
export const roomOn = (
  { machine, user = 'root' }: { readonly machine: Machine; readonly user?: string },
  path: string,
): number => {
  const filesystem = filesystemOf(machine, path)
  if (filesystem === undefined) return Infinity
  const reserved = user === 'root' ? 0 : filesystem.reservedBytes
  return filesystem.sizeBytes - reserved - filesystemUse(machine, filesystem).usedBytes
}
