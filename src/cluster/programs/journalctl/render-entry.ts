import { bootIdAt } from '../../journal/boots.ts'
import { fractionOf } from '../../kube/times.ts'
import { localTime, shownMs, writtenMs } from '../../relations/clock.ts'
import type { JournalEntry } from '../../world/journal-entry.ts'
import type { Machine } from '../../world/machine.ts'

const source = ({ identifier, pid }: JournalEntry): string =>
  `${identifier}${pid === undefined ? '' : `[${pid}]`}`

const stampOf = (machine: Machine, entry: JournalEntry, form: string): string => {
  const atMs = writtenMs(machine, entry)
  const { year, month, monthName, day, time, offset, weekday, zone } = localTime(machine, atMs)
  const micros = fractionOf(shownMs(machine, atMs), 6)
  switch (form) {
    case 'short-iso':
      return `${year}-${month}-${day}T${time}${offset}`
    case 'short-iso-precise':
      return `${year}-${month}-${day}T${time}.${micros}${offset}`
    case 'short-precise':
      return `${monthName} ${day} ${time}.${micros}`
    case 'short-full':
      return `${weekday} ${year}-${month}-${day} ${time} ${zone}`
    case 'short-unix':
      return `${Math.floor(shownMs(machine, atMs) / 1000)}.${micros}`
    case 'short-monotonic':
      return `[${((entry.atMs - machine.bootedMs) / 1000).toFixed(6).padStart(12)}]`
    default:
      return `${monthName} ${day} ${time}`
  }
}

/** The fields of an entry, by the names of systemd.journal-fields(7). */
export const fieldsOf = (machine: Machine, entry: JournalEntry): Readonly<Record<string, string>> => {
  const micros = Math.floor(shownMs(machine, writtenMs(machine, entry)) * 1000)
  const isSystemd = entry.identifier === 'systemd' && entry.pid === 1
  const bootId = bootIdAt(machine, entry.atMs)
  const monotonic = Math.floor(Math.max(0, entry.atMs - machine.bootedMs) * 1000)
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
