import { namesIn, nodeAt } from '../files/file-tree.ts'
import { remembering } from '../kube/remember.ts'
import { filesystemOf } from '../relations/filesystem-use.ts'
import { hostnameOf } from '../relations/hostname.ts'
import type { JournalEntry } from '../world/journal-entry.ts'
import type { Machine } from '../world/machine.ts'
import { dateLine } from './date-line.ts'
import { wordedFor } from './older-wording.ts'

/** An entry to be written; what is not said: no unit, no pid, priority 6. */
export type JournalWriting = Pick<JournalEntry, 'atMs' | 'identifier' | 'message'> &
  Partial<Pick<JournalEntry, 'unit' | 'pid' | 'priority'>>

const CONFIG = '/etc/systemd/journald.conf'

const storageIn = remembering((text): string | undefined => /^\s*Storage=(\w+)/m.exec(text)?.[1])

/** Where journald keeps what it is told, by the settings that it read at its start. */
const storageOf = ({ files }: Machine, startedMs = Number.POSITIVE_INFINITY): string => {
  const read = [CONFIG, ...namesIn(files, `${CONFIG}.d`).map(name => `${CONFIG}.d/${name}`)].flatMap(path => {
    const node = nodeAt(files, path)
    return node === undefined || node.mtimeMs > startedMs ? [] : (storageIn(node.text) ?? [])
  })
  return read.at(-1) ?? 'auto'
}

const isRecording = (machine: Machine): boolean => {
  const journald = machine.units.get('systemd-journald.service')
  if (journald !== undefined && journald.active !== 'active') return false
  if (storageOf(machine, journald?.startedMs) === 'none') return false
  const filesystem = filesystemOf(machine, '/var/log/journal')
  return filesystem?.isReadOnly !== true && filesystem?.error === undefined
}

/** A container hears nothing of the kernel's messages: they are its host's. */
const isOfHost = ({ virtualization }: Machine, { identifier }: JournalWriting): boolean =>
  identifier === 'kernel' && virtualization === 'lxc'

/** Where in entries those begin that are later than a millisecond. */
const endOf = (entries: readonly JournalEntry[], ms: number): number => {
  let at = entries.length
  while (at > 0 && (entries[at - 1]?.atMs ?? 0) >= ms + 1) at -= 1
  return at
}

/** Dates an entry after those of its millisecond that its machine has already. */
const dated = ({ journal, kernelRing, clockOffsetMs }: Machine, entry: JournalEntry): JournalEntry => {
  const written = entry.identifier === 'kernel' ? [journal, kernelRing] : [journal]
  const lastIn = (ms: number): number | undefined => {
    const lastMs = Math.max(...written.map(entries => entries[endOf(entries, ms) - 1]?.atMs ?? 0))
    return lastMs >= ms ? lastMs : undefined
  }
  const line = { atMs: entry.atMs, text: entry.message }
  const { atMs, text } = dateLine(line, { aheadMs: clockOffsetMs, lastIn })
  return { ...entry, atMs, message: text }
}

const insert = (entries: JournalEntry[], entry: JournalEntry): void => {
  const at = endOf(entries, Math.floor(entry.atMs))
  if (at === entries.length) entries.push(entry)
  else entries.splice(at, 0, entry)
}

const entryOf = (machine: Machine, writing: JournalWriting): JournalEntry => ({
  unit: undefined,
  pid: undefined,
  priority: 6,
  ...writing,
  ...(machine.clockOffsetMs === 0 ? {} : { offsetMs: machine.clockOffsetMs }),
  ...(hostnameOf(machine) === machine.name ? {} : { hostname: hostnameOf(machine) }),
})

/**
 * Writes an entry to a machine's journal, at its place in time. Lost where nobody records: journald is stopped, or its disk is
 * read-only or broken; the kernel's own lines stay in its ring buffer. Of the time before the boot nothing can be written.
 */
export const writeJournal = (machine: Machine, writing: JournalWriting): void => {
  if (!machine.isPowered || writing.atMs < machine.bootedMs || isOfHost(machine, writing)) return
  for (const worded of wordedFor(machine, writing)) {
    const entry = dated(machine, entryOf(machine, worded))
    if (entry.identifier === 'kernel') insert(machine.kernelRing, entry)
    if (isRecording(machine)) insert(machine.journal, entry)
  }
}

/** Writes a line of the kernel, which dmesg shows as well. */
export const writeKernel = (
  machine: Machine,
  { atMs, message, priority = 6 }: Pick<JournalEntry, 'atMs' | 'message'> & { readonly priority?: number },
): void => writeJournal(machine, { atMs, message, priority, identifier: 'kernel' })

const byTime = (a: JournalEntry, b: JournalEntry): number => a.atMs - b.atMs

/** Dates entries of the past, those of one millisecond one after another. */
const datedPast = ({ clockOffsetMs }: Machine, entries: readonly JournalEntry[]): readonly JournalEntry[] => {
  let lastMs = 0
  const lastIn = (ms: number): number | undefined => (Math.floor(lastMs) === ms ? lastMs : undefined)
  return entries.toSorted(byTime).map(entry => {
    const line = { atMs: entry.atMs, text: entry.message }
    const { atMs, text } = dateLine(line, { aheadMs: clockOffsetMs, lastIn })
    lastMs = atMs
    return { ...entry, atMs, message: text }
  })
}

/** Adds many entries of the past at once, whoever recorded them; the journal stays in the order of time. */
export const mergeJournal = (machine: Machine, writings: readonly JournalWriting[]): void => {
  const written = writings
    .filter(writing => writing.atMs >= machine.bootedMs && !isOfHost(machine, writing))
    .flatMap(writing => wordedFor(machine, writing))
    .map(writing => entryOf(machine, writing))
  const entries = datedPast(machine, written)
  machine.journal.push(...entries)
  machine.journal.sort(byTime)
  machine.kernelRing.push(...entries.filter(({ identifier }) => identifier === 'kernel'))
  machine.kernelRing.sort(byTime)
}

/** Puts entries of a boot before the current one where the journal begins. */
export const earlierJournal = (machine: Machine, writings: readonly JournalWriting[]): void => {
  const entries = writings
    .flatMap(writing => wordedFor(machine, writing))
    .map(writing => entryOf(machine, writing))
  machine.journal = [...datedPast(machine, entries), ...machine.journal]
}
