import { fractionOf } from '../kube/times.ts'
import { localTime } from '../relations/clock.ts'
import { type Call, onMachines, type Program, type Reply } from '../shell/program.ts'
import { asText } from '../text/columns.ts'
import { type OptionTable, type ReadOptions, readOptions, unknownOption } from '../text/read-options.ts'
import type { JournalEntry } from '../world/journal-entry.ts'

const table: OptionTable = {
  C: 'clear',
  clear: 'clear',
  c: 'read-clear',
  'read-clear': 'read-clear',
  d: 'show-delta',
  'show-delta': 'show-delta',
  e: 'reltime',
  reltime: 'reltime',
  f: 'facility=',
  facility: 'facility=',
  H: 'human',
  human: 'human',
  J: 'json',
  json: 'json',
  k: 'kernel',
  kernel: 'kernel',
  l: 'level=',
  level: 'level=',
  L: 'color?',
  color: 'color?',
  n: 'console=',
  P: 'nopager',
  nopager: 'nopager',
  p: 'force',
  r: 'raw',
  raw: 'raw',
  S: 'syslog',
  syslog: 'syslog',
  s: 'size=',
  T: 'ctime',
  ctime: 'ctime',
  t: 'notime',
  notime: 'notime',
  'time-format': 'time-format=',
  u: 'userspace',
  userspace: 'userspace',
  w: 'follow',
  follow: 'follow',
  W: 'follow-new',
  'follow-new': 'follow-new',
  x: 'decode',
  decode: 'decode',
  since: 'since=',
  until: 'until=',
  h: 'help',
  V: 'version',
}

const levels = ['emerg', 'alert', 'crit', 'err', 'warn', 'notice', 'info', 'debug'] as const

const wantedLevels = (text: string | undefined): readonly number[] | string => {
  if (text === undefined) return levels.map((_, at) => at)
  const wanted: number[] = []
  for (const word of text.split(',')) {
    const at = levels.indexOf(word.replace(/\+$/, '') as (typeof levels)[number])
    if (at === -1) return word
    wanted.push(...(word.endsWith('+') ? levels.map((_, level) => level).filter(level => level <= at) : [at]))
  }
  return wanted
}

const stampOf = ({ machine }: Call, { options }: ReadOptions, entry: JournalEntry): string => {
  const format =
    options.get('time-format')?.at(-1) ??
    (options.has('ctime') ? 'ctime' : options.has('human') || options.has('reltime') ? 'reltime' : '')
  if (options.has('notime') || format === 'notime') return ''
  const { weekday, monthName, day, time, year, month, offset } = localTime(machine, entry.atMs)
  if (format === 'ctime') return `[${weekday} ${monthName} ${day.replace(/^0/, ' ')} ${time} ${year}] `
  if (format === 'iso')
    return `${year}-${month}-${day}T${time},${fractionOf(entry.atMs, 6)}${offset.replace(/(\d\d)$/, ':$1')} `
  if (format === 'reltime') return `[${monthName} ${day.replace(/^0/, ' ')} ${time.slice(0, 5)}] `
  return `[${((entry.atMs - machine.bootedMs) / 1000).toFixed(6).padStart(12)}] `
}

const lineOf = (call: Call, read: ReadOptions, entry: JournalEntry): string => {
  const decode = read.options.has('decode') ? `kern  :${(levels[entry.priority] ?? 'info').padEnd(6)}: ` : ''
  if (read.options.has('raw')) return `<${entry.priority}>${stampOf(call, read, entry)}${entry.message}`
  return `${decode}${stampOf(call, read, entry)}${entry.message}`
}

const kernelEntries = ({ machine }: Call, wanted: readonly number[]): readonly JournalEntry[] =>
  machine.kernelRing.filter(
    ({ identifier, atMs, priority }) =>
      identifier === 'kernel' &&
      atMs >= (machine.dmesgClearedMs ?? machine.bootedMs) &&
      wanted.includes(priority),
  )

const follow = (call: Call, read: ReadOptions, wanted: readonly number[]) => {
  let seen = kernelEntries(call, wanted).length
  return {
    next: () => {
      const entries = kernelEntries(call, wanted)
      const fresh = entries.slice(seen)
      seen = entries.length
      return asText(fresh.map(entry => lineOf(call, read, entry)))
    },
  }
}

/** dmesg(1) of util-linux: the kernel's messages since the boot. */
export const dmesg: Program = {
  names: ['dmesg'],
  isInstalled: onMachines,
  run: (call): Reply => {
    const read = readOptions(table, call.args)
    const problem = unknownOption('dmesg', read)
    if (problem !== undefined) return { stderr: problem, exit: 1 }
    if (call.user !== 'root' || call.host.virtualization === 'lxc')
      return { stderr: 'dmesg: read kernel buffer failed: Operation not permitted\n', exit: 1 }
    const wanted = wantedLevels(read.options.get('level')?.at(-1))
    if (typeof wanted === 'string') return { stderr: `dmesg: unknown level '${wanted}'\n`, exit: 1 }
    const stdout = asText(kernelEntries(call, wanted).map(entry => lineOf(call, read, entry)))
    if (read.options.has('clear') || read.options.has('read-clear')) {
      call.machine.dmesgClearedMs = call.world.nowMs
      return read.options.has('clear') ? {} : { stdout }
    }
    if (read.options.has('follow') || read.options.has('follow-new'))
      return { stdout: read.options.has('follow-new') ? '' : stdout, follow: follow(call, read, wanted) }
    return { stdout }
  },
}
