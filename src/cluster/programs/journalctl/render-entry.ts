import { bootIdAt } from '../../journal/boots.ts'
import { localTime, shownMs, writtenMs } from '../../relations/clock.ts'
import type { JournalEntry } from '../../world/journal-entry.ts'
import type { Machine } from '../../world/machine.ts'

const source = ({ identifier, pid }: JournalEntry): string =>
  `${identifier}${pid === undefined ? '' : `[${pid}]`}`

/** How many entries of the same millisecond stand before one in a journal, which is in the order of time. */
const placeOf = ({ journal }: Machine, entry: JournalEntry): number => {
  const ms = Math.floor(entry.atMs)
  let [low, high] = [0, journal.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((journal[middle]?.atMs ?? 0) < ms) low = middle + 1
    else high = middle
  }
  return Math.max(0, journal.indexOf(entry, low) - low)
}

/** Six digits below the second; the last three tell entries of one millisecond apart, a later one by more. */
const microseconds = (machine: Machine, entry: JournalEntry, millis: string): string =>
  `${millis}${String(Math.min(999, ((Math.floor(entry.atMs) * 37) % 300) + placeOf(machine, entry) * 23)).padStart(3, '0')}`

const stampOf = (machine: Machine, entry: JournalEntry, form: string): string => {
  const { year, month, monthName, day, time, offset, millis, weekday, zone } = localTime(
    machine,
    writtenMs(machine, entry),
  )
  switch (form) {
    case 'short-iso':
      return `${year}-${month}-${day}T${time}${offset}`
    case 'short-iso-precise':
      return `${year}-${month}-${day}T${time}.${microseconds(machine, entry, millis)}${offset}`
    case 'short-precise':
      return `${monthName} ${day} ${time}.${microseconds(machine, entry, millis)}`
    case 'short-full':
      return `${weekday} ${year}-${month}-${day} ${time} ${zone}`
    case 'short-unix':
      return `${Math.floor(shownMs(machine, writtenMs(machine, entry)) / 1000)}.${microseconds(machine, entry, millis)}`
    case 'short-monotonic':
      return `[${((entry.atMs - machine.bootedMs) / 1000).toFixed(6).padStart(12)}]`
    default:
      return `${monthName} ${day} ${time}`
  }
}

/** The fields of an entry, by the names of systemd.journal-fields(7). */
export const fieldsOf = (machine: Machine, entry: JournalEntry): Readonly<Record<string, string>> => {
  const micros = Math.round(shownMs(machine, writtenMs(machine, entry)) * 1000)
  const isSystemd = entry.identifier === 'systemd' && entry.pid === 1
  const bootId = bootIdAt(machine, entry.atMs)
  const monotonic = Math.round(Math.max(0, entry.atMs - machine.bootedMs) * 1000)
  return {
    __CURSOR: `s=${machine.machineId};i=${Math.round(entry.atMs).toString(16)};b=${bootId};m=${monotonic.toString(16)};t=${micros.toString(16)}`,
    __REALTIME_TIMESTAMP: String(micros),
    __MONOTONIC_TIMESTAMP: String(monotonic),
    _BOOT_ID: bootId,
    _TRANSPORT: entry.identifier === 'kernel' ? 'kernel' : isSystemd ? 'journal' : 'stdout',
    _MACHINE_ID: machine.machineId,
    _HOSTNAME: entry.hostname ?? machine.name,
    PRIORITY: String(entry.priority),
    SYSLOG_FACILITY: entry.identifier === 'kernel' ? '0' : '3',
    SYSLOG_IDENTIFIER: entry.identifier,
    ...(entry.pid === undefined ? {} : { _PID: String(entry.pid), _UID: '0', _COMM: entry.identifier }),
    ...(entry.unit === undefined
      ? {}
      : isSystemd
        ? { UNIT: entry.unit, _SYSTEMD_UNIT: 'init.scope' }
        : { _SYSTEMD_UNIT: entry.unit, _SYSTEMD_CGROUP: `/system.slice/${entry.unit}` }),
    MESSAGE: entry.message,
  }
}

/** One entry in an output form of journalctl(1), without its line end. An unknown form reads as `short`. */
export const renderEntry = (machine: Machine, entry: JournalEntry, form: string): string => {
  if (form === 'cat') return entry.message
  if (form === 'json') return JSON.stringify(fieldsOf(machine, entry))
  if (form === 'json-pretty') return JSON.stringify(fieldsOf(machine, entry), null, '\t')
  const stamp = stampOf(machine, entry, form)
  if (form === 'verbose' || form === 'export') {
    const fields = Object.entries(fieldsOf(machine, entry)).filter(([name]) => !name.startsWith('__'))
    const head = `${stampOf(machine, entry, 'short-full')} [${fieldsOf(machine, entry).__CURSOR}]`
    return [head, ...fields.map(([name, value]) => `    ${name}=${value}`)].join('\n')
  }
  const head = `${stamp} ${entry.hostname ?? machine.name} ${source(entry)}: `
  return entry.message.includes('\n')
    ? head + entry.message.replaceAll('\n', `\n${' '.repeat(head.length)}`)
    : head + entry.message
}
