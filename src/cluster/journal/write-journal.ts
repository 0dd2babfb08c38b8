import { filesystemOf } from '../relations/filesystem-use.ts'
import type { JournalEntry } from '../world/journal-entry.ts'
import type { Machine } from '../world/machine.ts'

/** An entry to be written; what is not said: no unit, no pid, priority 6. */
export type JournalWriting = Pick<JournalEntry, 'atMs' | 'identifier' | 'message'> &
  Partial<Pick<JournalEntry, 'unit' | 'pid' | 'priority'>>

const isRecording = (machine: Machine): boolean => {
  const journald = machine.units.get('systemd-journald.service')
  if (journald !== undefined && journald.active !== 'active') return false
  const filesystem = filesystemOf(machine, '/var/log/journal')
  return filesystem?.isReadOnly !== true && filesystem?.error === undefined
}

/**
 * Writes an entry to a machine's journal, at its place in time. Lost where nobody records: journald is stopped, or its disk is
 * read-only or broken.
 */
export const writeJournal = (machine: Machine, writing: JournalWriting): void => {
  if (!machine.isPowered || !isRecording(machine)) return
  const entry: JournalEntry = { unit: undefined, pid: undefined, priority: 6, ...writing }
  const { journal } = machine
  let at = journal.length
  while (at > 0 && (journal[at - 1]?.atMs ?? 0) > entry.atMs) at -= 1
  if (at === journal.length) journal.push(entry)
  else journal.splice(at, 0, entry)
}

/** Writes a line of the kernel, which dmesg shows as well. */
export const writeKernel = (
  machine: Machine,
  { atMs, message, priority = 6 }: Pick<JournalEntry, 'atMs' | 'message'> & { readonly priority?: number },
): void => writeJournal(machine, { atMs, message, priority, identifier: 'kernel' })

/** Adds many entries of the past at once, whoever recorded them; the journal stays in the order of time. */
export const mergeJournal = (machine: Machine, writings: readonly JournalWriting[]): void => {
  for (const writing of writings)
    machine.journal.push({ unit: undefined, pid: undefined, priority: 6, ...writing })
  machine.journal.sort((a, b) => a.atMs - b.atMs)
}
