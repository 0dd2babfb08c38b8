import { namesIn, nodeAt } from '../files/file-tree.ts'
import { remembering } from '../kube/remember.ts'
import { filesystemOf } from '../relations/filesystem-use.ts'
import { hostnameOf } from '../relations/hostname.ts'
import type { JournalEntry } from '../world/journal-entry.ts'
import type { Machine } from '../world/machine.ts'
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

const insert = (entries: JournalEntry[], entry: JournalEntry): void => {
  let at = entries.length
  while (at > 0 && (entries[at - 1]?.atMs ?? 0) > entry.atMs) at -= 1
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
    const entry = entryOf(machine, worded)
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

/** Adds many entries of the past at once, whoever recorded them; the journal stays in the order of time. */
export const mergeJournal = (machine: Machine, writings: readonly JournalWriting[]): void => {
  const entries = writings
    .filter(writing => writing.atMs >= machine.bootedMs && !isOfHost(machine, writing))
    .flatMap(writing => wordedFor(machine, writing))
    .map(writing => entryOf(machine, writing))
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
    .sort(byTime)
  machine.journal = [...entries, ...machine.journal]
}
