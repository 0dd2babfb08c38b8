import { bootsOf } from '../../journal/boots.ts'
import { stampMs, systemdTime } from '../../relations/clock.ts'
import { systemdVersionOf } from '../../relations/system-version.ts'
import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { type OptionTable, type ReadOptions, readOptions, unknownOption } from '../../text/read-options.ts'
import type { JournalEntry } from '../../world/journal-entry.ts'
import type { Machine } from '../../world/machine.ts'
import { systemdVersionText } from '../systemctl/version-text.ts'
import { explanation } from './explanation.ts'
import { renderEntry } from './render-entry.ts'
import { selectEntries } from './select-entries.ts'
import { upkeep } from './upkeep.ts'

const table: OptionTable = {
  a: 'all',
  all: 'all',
  b: 'boot?',
  boot: 'boot?',
  c: 'cursor=',
  cursor: 'cursor=',
  'after-cursor': 'after-cursor=',
  D: 'directory=',
  directory: 'directory=',
  'disk-usage': 'disk-usage',
  e: 'end',
  'pager-end': 'end',
  f: 'follow',
  follow: 'follow',
  flush: 'flush',
  F: 'field=',
  field: 'field=',
  g: 'grep=',
  grep: 'grep=',
  'case-sensitive': 'case?',
  h: 'help',
  help: 'help',
  k: 'dmesg',
  dmesg: 'dmesg',
  l: 'full',
  full: 'full',
  'list-boots': 'list-boots',
  m: 'merge',
  merge: 'merge',
  n: 'lines?',
  lines: 'lines?',
  'no-hostname': 'no-hostname',
  'no-full': 'no-full',
  'no-pager': 'no-pager',
  'no-tail': 'no-tail',
  o: 'output=',
  output: 'output=',
  p: 'priority=',
  priority: 'priority=',
  q: 'quiet',
  quiet: 'quiet',
  r: 'reverse',
  reverse: 'reverse',
  rotate: 'rotate',
  S: 'since=',
  since: 'since=',
  'show-cursor': 'show-cursor',
  sync: 'sync',
  system: 'system',
  t: 'identifier=',
  identifier: 'identifier=',
  u: 'unit=',
  unit: 'unit=',
  U: 'until=',
  until: 'until=',
  user: 'user',
  'user-unit': 'user-unit=',
  utc: 'utc',
  'vacuum-size': 'vacuum-size=',
  'vacuum-time': 'vacuum-time=',
  'vacuum-files': 'vacuum-files=',
  verify: 'verify',
  version: 'version',
  x: 'catalog',
  catalog: 'catalog',
  'output-fields': 'fields=',
  facility: 'facility=',
}

/** Options by the version that brought them. */
const newer: readonly (readonly [number, readonly string[]])[] = [
  [228, ['sync']],
  [230, ['no-hostname']],
  [236, ['output-fields']],
  [237, ['g', 'grep', 'case-sensitive']],
  [245, ['facility']],
]

/** The options that the journalctl of a machine knows. */
const tableOf = (machine: Machine): OptionTable => {
  const version = systemdVersionOf(machine)
  const unknown = new Set(newer.flatMap(([since, names]) => (version < since ? names : [])))
  return unknown.size === 0
    ? table
    : Object.fromEntries(Object.entries(table).filter(([name]) => !unknown.has(name)))
}

/** `-n` and `-b` take their value also as the next word when that looks like one. */
const joinOptional = (args: readonly string[]): readonly string[] => {
  const joined: string[] = []
  for (const word of args) {
    const last = joined.at(-1) ?? ''
    const isCount = /^(-\w*n|--lines)$/.test(last) && /^(\d+|all)$/.test(word)
    const isBoot = /^(-b|--boot)$/.test(last) && /^([+-]?\d{1,4}|[0-9a-f]{32}|all)$/.test(word)
    if (isCount || isBoot) joined[joined.length - 1] = last.startsWith('--') ? `${last}=${word}` : last + word
    else joined.push(word)
  }
  return joined
}

const USUAL_LINES = 10
const PAGER_LINES = 1_000

const mostLines = ({ options }: ReadOptions): number => {
  const asked = options.get('lines')?.at(-1)
  if (asked === 'all' || options.has('no-tail')) return Infinity
  if (asked !== undefined) return asked === '' ? USUAL_LINES : Number(asked)
  if (options.has('end')) return PAGER_LINES
  return options.has('follow') ? USUAL_LINES : Infinity
}

const linesFor = (
  call: Call,
  { options }: ReadOptions,
  entries: readonly JournalEntry[],
): readonly string[] => {
  const form = options.get('output')?.at(-1) ?? 'short'
  const boots = options.has('boot') ? [] : bootsOf(call.machine)
  const bootOf = (entry: JournalEntry) => boots.findLast(({ fromMs }) => fromMs <= entry.atMs)
  const lines: string[] = []
  const marksBoots = boots.length > 1 && !form.startsWith('json') && form !== 'cat'
  let before = entries[0]
  for (const entry of entries) {
    if (marksBoots && before !== undefined) {
      const boot = bootOf(entry)
      if (boot !== bootOf(before))
        lines.push(systemdVersionOf(call.machine) < 240 ? '-- Reboot --' : `-- Boot ${boot?.id ?? ''} --`)
      before = entry
    }
    const line = renderEntry(call.machine, entry, form)
    lines.push(
      options.has('no-hostname') ? line.replace(` ${entry.hostname ?? call.machine.name} `, ' ') : line,
    )
    if (options.has('catalog')) lines.push(...explanation(call.machine, entry))
  }
  return lines
}

const follow = (call: Call, read: ReadOptions, keep: (entry: JournalEntry) => boolean) => {
  let seen = call.machine.journal.at(-1)
  return {
    next: () => {
      const { journal } = call.machine
      const at = seen === undefined ? -1 : journal.lastIndexOf(seen)
      seen = journal.at(-1)
      return asText(linesFor(call, read, journal.slice(at + 1).filter(keep)))
    },
    end: () => ({ stdout: '', exit: 130 }),
  }
}

/** Before 240 the first line tells from when to when the journal reaches. */
const spanLine = ({ machine }: Call, { options }: ReadOptions): readonly string[] => {
  const form = options.get('output')?.at(-1) ?? 'short'
  const [first, last] = [machine.journal[0], machine.journal.at(-1)]
  const isQuiet = options.has('quiet') || /^(cat|export|json.*)$/.test(form)
  if (systemdVersionOf(machine) >= 240 || isQuiet || first === undefined || last === undefined) return []
  const at = (entry: JournalEntry): string => systemdTime(machine, stampMs(machine, entry.atMs))
  return [
    options.has('follow')
      ? `-- Logs begin at ${at(first)}. --`
      : `-- Logs begin at ${at(first)}, end at ${at(last)}. --`,
  ]
}

const fieldValues = ({ machine }: Call, field: string): Reply => {
  const read =
    field === '_SYSTEMD_UNIT' || field === 'UNIT'
      ? 'unit'
      : field === 'SYSLOG_IDENTIFIER' || field === '_COMM'
        ? 'identifier'
        : undefined
  if (read === undefined) return {}
  return { stdout: asText([...new Set(machine.journal.flatMap(entry => entry[read] ?? []))]) }
}

/** journalctl(1). */
export const journalctl: Program = {
  names: ['journalctl'],
  isInstalled: onMachines,
  run: (call): Reply => {
    const read = readOptions(tableOf(call.machine), joinOptional(call.args))
    const problem = unknownOption('journalctl', read)?.replace(/Try .*\n/, '')
    if (problem !== undefined) return { stderr: problem, exit: 1 }
    if (read.options.has('version')) return { stdout: systemdVersionText(call.machine) }
    const field = read.options.get('field')?.at(-1)
    const other = field === undefined ? upkeep(call, read) : fieldValues(call, field)
    if (other !== undefined) return other
    const keep = selectEntries(call, read)
    if (typeof keep === 'string') return { stderr: `${keep}\n`, exit: 1 }
    const most = mostLines(read)
    const all = call.machine.journal.filter(keep)
    const entries = most === Infinity ? all : most === 0 ? [] : all.slice(-most)
    if (read.options.has('follow'))
      return {
        stdout: asText([...spanLine(call, read), ...linesFor(call, read, entries)]),
        follow: follow(call, read, keep),
      }
    if (all.length === 0) return { stdout: read.options.has('quiet') ? '' : '-- No entries --\n' }
    const shown = read.options.has('reverse') ? entries.toReversed() : entries
    return { stdout: asText([...spanLine(call, read), ...linesFor(call, read, shown)]), tookMs: 60 }
  },
}
