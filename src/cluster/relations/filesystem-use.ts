import { totalsByMount } from '../files/tree-totals.ts'
import type { FileTree } from '../world/file-node.ts'
import type { LogLine } from '../world/journal-entry.ts'
import type { Filesystem, Machine } from '../world/machine.ts'
import { filesystemOf } from './filesystem-of.ts'
import { blobFolderOf, imageStoreOf, POD_FOLDERS } from './runtime-folders.ts'
import { unlinkedOf } from './unlinked.ts'

export { filesystemOf } from './filesystem-of.ts'

/** How full a filesystem is: bytes and inodes used. */
export type FilesystemUse = { readonly usedBytes: number; readonly usedInodes: number }

/** What an entry of the journal takes on disk, with its fields and index. */
const JOURNAL_ENTRY_BYTES = 600
/** journald makes its files longer by so much at a time, and begins with twice that. */
const JOURNAL_STEP = 8 * 1024 ** 2

/** By how much the journal's file in use is longer than when it was begun. */
export const journalGrowth = ({ journal }: Machine): number =>
  Math.max(0, Math.ceil((journal.length * JOURNAL_ENTRY_BYTES) / JOURNAL_STEP) - 2) * JOURNAL_STEP

type Counted = {
  lines: number
  length: number
  readonly first: LogLine | undefined
  last: LogLine | undefined
}

const counted = new WeakMap<readonly LogLine[], Counted>()

/** What the CRI puts around each line of a log: its time, its stream and its end. */
const CRI_BYTES = 41

/** How long the lines of a log are together in its file. A log that only grew since is counted on from where it was. */
export const logBytes = (log: readonly LogLine[]): number => {
  const known = counted.get(log)
  const hasGrown =
    known !== undefined && known.first === log[0] && known.last === log[known.lines - 1] && known.lines > 0
  const sum = hasGrown ? known : { lines: 0, length: 0, first: log[0], last: undefined }
  for (; sum.lines < log.length; sum.lines += 1) {
    sum.last = log[sum.lines]
    sum.length += (sum.last?.text.length ?? 0) + CRI_BYTES
  }
  if (!hasGrown) counted.set(log, sum)
  return sum.length
}

/** Where a container's own files grow: not where the programs of its image lie. */
const CONTAINER_MOUNTS = ['/', '/bin', '/sbin', '/usr', '/opt']

const bytesIn = (tree: FileTree | undefined, mounts: readonly string[]): number =>
  tree === undefined ? 0 : (totalsByMount(tree, mounts).get('/')?.bytes ?? 0)

/** What the journal, images, the logs and the files of containers and the volumes of pods take; by the path where it lies. */
export const heldBeside = (machine: Machine): readonly (readonly [string, number])[] => {
  const { runtime } = machine
  const images = (runtime?.images ?? []).reduce((sum, image) => sum + image.sizeBytes, 0)
  let logs = 0
  let written = 0
  for (const { log, files } of runtime?.containers ?? []) {
    logs += logBytes(log)
    written += bytesIn(files, CONTAINER_MOUNTS)
  }
  const volumes = Object.values(runtime?.volumes ?? {}).reduce((sum, tree) => sum + bytesIn(tree, ['/']), 0)
  return [
    ['/var/log/journal', journalGrowth(machine)],
    [blobFolderOf(runtime), images],
    ['/var/log/pods', logs],
    [imageStoreOf(runtime), written],
    [POD_FOLDERS, volumes],
  ]
}

const PAGE = 4096

/** What files in memory take: whole pages. */
const inPages = ({ type }: Filesystem, bytes: number): number =>
  type === 'tmpfs' ? Math.ceil(bytes / PAGE) * PAGE : bytes

/** How full all filesystems of a machine are. Never more than they hold. */
export const filesystemUses = (machine: Machine): ReadonlyMap<Filesystem, FilesystemUse> => {
  const mounts = machine.filesystems.map(({ mount }) => mount)
  const totals = totalsByMount(machine.files, mounts)
  const unlinked = unlinkedOf(machine).map(({ path, bytes }) => [path, bytes] as const)
  const beside = [...heldBeside(machine), ...unlinked].map(
    ([path, held]) => [filesystemOf(machine, path), held] as const,
  )
  return new Map(
    machine.filesystems.map(filesystem => {
      const { bytes, inodes } = totals.get(filesystem.mount) ?? { bytes: 0, inodes: 0 }
      const held = beside.reduce((sum, [where, more]) => (where === filesystem ? sum + more : sum), 0)
      return [
        filesystem,
        {
          usedBytes: Math.round(
            Math.min(filesystem.baseBytes + inPages(filesystem, bytes) + held, filesystem.sizeBytes),
          ),
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
