import { findNode } from '../../files/look-up.ts'
import { resolvePath } from '../../files/paths.ts'
import { machineNowMs, setClockOffset, shownThenMs } from '../../relations/clock.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { readDate } from '../../text/read-date.ts'
import { type OptionTable, type ReadOptions, readOptions, unknownOption } from '../../text/read-options.ts'
import type { Machine } from '../../world/machine.ts'
import { readFileText } from '../files/read-file.ts'
import { formatDate } from './format-date.ts'

const usual = '%a %b %e %H:%M:%S %Z %Y'

const table: OptionTable = {
  d: 'date=',
  date: 'date=',
  f: 'file=',
  file: 'file=',
  I: 'iso?',
  'iso-8601': 'iso?',
  R: 'email',
  'rfc-email': 'email',
  'rfc-2822': 'email',
  'rfc-3339': 'rfc=',
  r: 'reference=',
  reference: 'reference=',
  s: 'set=',
  set: 'set=',
  u: 'utc',
  utc: 'utc',
  universal: 'utc',
  debug: 'debug',
  help: 'help',
}

const isoFormats: Readonly<Record<string, string>> = {
  date: '%F',
  hours: '%FT%H%:z',
  minutes: '%FT%H:%M%:z',
  seconds: '%FT%T%:z',
  ns: '%FT%T,%N%:z',
}

const named = (formats: Readonly<Record<string, string>>, given: string): string | undefined =>
  formats[Object.keys(formats).find(name => given !== '' && name.startsWith(given)) ?? '']

/** The format that is asked for, or what is wrong with it. */
const formatOf = ({
  options,
  words,
}: ReadOptions): { readonly format: string } | { readonly error: string } => {
  const last = (name: string): string | undefined => options.get(name)?.at(-1)
  const [word] = words
  if (word !== undefined && !word.startsWith('+')) return { error: `date: invalid date ‘${word}’\n` }
  if (words.length > 1)
    return { error: `date: extra operand ‘${words[1]}’\nTry 'date --help' for more information.\n` }
  if (word !== undefined) return { format: word.slice(1) }
  if (options.has('iso')) {
    const format = named(isoFormats, last('iso') || 'date')
    return format === undefined
      ? { error: `date: invalid argument '${last('iso')}' for '--iso-8601'\n` }
      : { format }
  }
  if (options.has('rfc')) {
    const { hours: _, minutes: __, ...formats } = isoFormats
    const format = named(formats, last('rfc') ?? '')
      ?.replace('T%', ' %')
      .replace(',', '.')
    return format === undefined
      ? { error: `date: invalid argument '${last('rfc')}' for '--rfc-3339'\n` }
      : { format }
  }
  return { format: options.has('email') ? '%a, %d %b %Y %T %z' : usual }
}

/** Sets a machine's clock, as only root may. */
export const setClock = ({ world, machine, host, user }: Call, shownMs: number): Reply => {
  if (user !== 'root') return { stderr: 'date: cannot set date: Operation not permitted\n', exit: 1 }
  for (const each of new Set([machine, host])) setClockOffset(world.nowMs, each, shownMs - world.nowMs)
  host.isTimeSynchronized = false
  return { stdout: `${formatDate(machine, world.nowMs, usual)}\n` }
}

type Asked = { readonly zoned: Machine; readonly nowMs: number; readonly format: string }

/** One row for each line of a file of dates. */
const datesOf = (call: Call, file: string, { zoned, nowMs, format }: Asked): Reply => {
  const read = file === '-' ? { text: call.stdin } : readFileText(call, file)
  if ('error' in read) return { stderr: `date: ${file}: ${read.error}\n`, exit: 1 }
  const lines = read.text.replace(/\n$/, '').split('\n')
  const rows = lines.map(line => ({ line, atMs: readDate({ machine: zoned, nowMs }, line) }))
  const wrong = rows.filter(({ atMs }) => atMs === undefined)
  return {
    stdout: rows
      .map(({ atMs }) =>
        atMs === undefined ? '' : `${formatDate(zoned, atMs - call.machine.clockOffsetMs, format)}\n`,
      )
      .join(''),
    stderr: wrong.map(({ line }) => `date: invalid date ‘${line}’\n`).join(''),
    exit: wrong.length === 0 ? 0 : 1,
  }
}

const show = (call: Call, { options }: ReadOptions, { zoned, nowMs, format }: Asked): Reply => {
  const [set, described, reference] = ['set', 'date', 'reference'].map(name => options.get(name)?.at(-1))
  const shown = (atMs: number): Reply => ({
    stdout: `${formatDate(zoned, atMs - call.machine.clockOffsetMs, format)}\n`,
  })
  if (reference !== undefined) {
    const node = findNode(call, resolvePath(call.cwd, reference), 'links')
    return node === undefined
      ? { stderr: `date: ${reference}: No such file or directory\n`, exit: 1 }
      : shown(shownThenMs(call.machine, node.mtimeMs))
  }
  const wanted = set ?? described
  const atMs = wanted === undefined ? nowMs : readDate({ machine: zoned, nowMs }, wanted)
  if (atMs === undefined) return { stderr: `date: invalid date ‘${wanted}’\n`, exit: 1 }
  return set === undefined ? shown(atMs) : setClock(call, atMs)
}

/** date(1) of GNU coreutils by the machine's own clock. */
export const date: Program = {
  names: ['date'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const read = readOptions(table, call.args)
    const problem = unknownOption('date', read)
    if (problem !== undefined) return { stderr: problem, exit: 1 }
    if (read.options.has('help'))
      return {
        stdout:
          'Usage: date [OPTION]... [+FORMAT]\n  or:  date [-u|--utc|--universal] [MMDDhhmm[[CC]YY][.ss]]\nDisplay the current time in the given FORMAT, or set the system date.\n',
      }
    const asked = formatOf(read)
    if ('error' in asked) return { stderr: asked.error, exit: 1 }
    const zone = read.options.has('utc') ? 'UTC' : call.env.TZ
    const zoned = zone === undefined || zone === '' ? call.machine : { ...call.machine, timezone: zone }
    const setup = { zoned, nowMs: machineNowMs(call.world, call.machine), format: asked.format }
    const file = read.options.get('file')?.at(-1)
    return file === undefined ? show(call, read, setup) : datesOf(call, file, setup)
  },
}
