import { removePath, setNode, writeText } from '../files/file-tree.ts'
import { isBelow } from '../files/paths.ts'
import { sizeOf } from '../files/tree-totals.ts'
import { journalGrowth } from '../relations/filesystem-use.ts'
import type { FileNode } from '../world/file-node.ts'
import type { Machine } from '../world/machine.ts'

const FOLDER = '/var/log/journal'
/** What a file of the journal is given when it is begun. */
const FIRST_BYTES = 8 * 1024 ** 2
const isArchived = (path: string): boolean => path.includes('@')

const filesOf = (machine: Machine): readonly (readonly [string, FileNode])[] =>
  [...machine.files].filter(([path, node]) => node.kind === 'file' && isBelow(path, FOLDER))

/** The bytes that a machine's journal takes: the file in use and the archived ones. */
export const journalBytes = (machine: Machine): number =>
  filesOf(machine).reduce((bytes, [, node]) => bytes + sizeOf(node), journalGrowth(machine))

/** The name of an archived file: what wrote it, the number of its first entry, and when that was written. */
export const archiveName = ({ bootId }: Machine, number: number, atMs: number): string =>
  `system@${bootId}-${number.toString(16).padStart(16, '0')}-${Math.floor(atMs * 1000)
    .toString(16)
    .padStart(16, '0')}.journal`

/** What is to be kept: at most so many bytes and files, nothing older than a time. */
export type VacuumBounds = {
  readonly mostBytes: number
  readonly sinceMs: number
  readonly mostFiles: number
}

/** A file of the journal that was removed. */
export type RemovedJournal = { readonly name: string; readonly bytes: number }

/** Closes the file in use and begins another. */
export const rotateJournal = (machine: Machine, nowMs: number): void => {
  const active = `${FOLDER}/${machine.machineId}/system.journal`
  const node = machine.files.get(active)
  if (node === undefined) return
  const { length } = machine.journal
  const name = archiveName(machine, length + 1, machine.journal[0]?.atMs ?? nowMs)
  const paddingBytes = node.paddingBytes + journalGrowth(machine)
  setNode(machine.files, `${FOLDER}/${machine.machineId}/${name}`, { ...node, paddingBytes, mtimeMs: nowMs })
  writeText(machine.files, active, { text: '', paddingBytes: FIRST_BYTES, mtimeMs: nowMs })
}

/** Removes archived files, the oldest first, until the bounds hold or none is left; the entries in them are gone. */
export const vacuumJournal = (machine: Machine, bounds: VacuumBounds): readonly RemovedJournal[] => {
  const removed: RemovedJournal[] = []
  const archived = filesOf(machine)
    .filter(([path]) => isArchived(path))
    .sort(([, a], [, b]) => a.mtimeMs - b.mtimeMs)
  let [bytes, count] = [journalBytes(machine), filesOf(machine).length]
  for (const [path, node] of archived) {
    if (bytes <= bounds.mostBytes && node.mtimeMs >= bounds.sinceMs && count <= bounds.mostFiles) continue
    removed.push({ name: path.slice(path.lastIndexOf('/') + 1), bytes: sizeOf(node) })
    bytes -= sizeOf(node)
    count -= 1
    removePath(machine.files, path)
    const { journal } = machine
    const kept = journal.findIndex(({ atMs }) => atMs > node.mtimeMs)
    journal.splice(0, kept === -1 ? journal.length : kept)
  }
  return removed
}
