import { removePath } from '../files/file-tree.ts'
import { isBelow } from '../files/paths.ts'
import { sizeOf } from '../files/tree-totals.ts'
import { JOURNAL_ENTRY_BYTES } from '../relations/filesystem-use.ts'
import type { Machine } from '../world/machine.ts'

const FOLDER = '/var/log/journal'
const isArchived = (path: string): boolean => path.includes('@')

/** The bytes that a machine's journal takes: its entries and the archived files. */
export const journalBytes = (machine: Machine): number => {
  let bytes = machine.journal.length * JOURNAL_ENTRY_BYTES
  for (const [path, node] of machine.files)
    if (node.kind === 'file' && isBelow(path, FOLDER)) bytes += sizeOf(node)
  return bytes
}

/** What is to be kept: at most so many bytes, nothing older than a time. */
export type VacuumBounds = { readonly mostBytes: number; readonly sinceMs: number }

/** Removes archived journal files, then the oldest entries, until the bounds hold. */
export const vacuumJournal = (
  machine: Machine,
  { mostBytes, sinceMs }: VacuumBounds,
): {
  readonly freedBytes: number
  readonly files: readonly { readonly name: string; readonly bytes: number }[]
} => {
  const before = journalBytes(machine)
  const files: { name: string; bytes: number }[] = []
  const archived = [...machine.files]
    .filter(([path, node]) => node.kind === 'file' && isBelow(path, FOLDER) && isArchived(path))
    .sort(([, a], [, b]) => a.mtimeMs - b.mtimeMs)
  let bytes = before
  for (const [path, node] of archived) {
    if (bytes <= mostBytes && node.mtimeMs >= sinceMs) continue
    files.push({ name: path.slice(path.lastIndexOf('/') + 1), bytes: sizeOf(node) })
    bytes -= sizeOf(node)
    removePath(machine.files, path)
  }
  const { journal } = machine
  const old = journal.findIndex(({ atMs }) => atMs >= sinceMs)
  const tooMany = Math.ceil(Math.max(0, bytes - mostBytes) / JOURNAL_ENTRY_BYTES)
  journal.splice(0, Math.min(journal.length, Math.max(old === -1 ? journal.length : old, tooMany)))
  return { freedBytes: before - journalBytes(machine), files }
}
