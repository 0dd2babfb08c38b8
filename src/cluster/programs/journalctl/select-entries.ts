import { bootsOf } from '../../journal/boots.ts'
import { machineNowMs } from '../../relations/clock.ts'
import type { Call } from '../../shell/program.ts'
import { parseTime } from '../../text/parse-time.ts'
import type { ReadOptions } from '../../text/read-options.ts'
import type { JournalEntry } from '../../world/journal-entry.ts'
import { fits } from '../systemctl/unit-names.ts'
import { fieldsOf } from './render-entry.ts'

const priorities = ['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug'] as const

const priorityOf = (word: string): number | undefined => {
  if (/^[0-7]$/.test(word)) return Number(word)
  const named = priorities.indexOf(
    word.replace(/^error$/, 'err').replace(/^warn$/, 'warning') as (typeof priorities)[number],
  )
  return named === -1 ? undefined : named
}

type Keep = (entry: JournalEntry) => boolean

/** A condition on entries, or the sentence that says why what was typed is none. */
type Condition = Keep | string | undefined

const byPriority = (text: string | undefined): Condition => {
  if (text === undefined) return undefined
  const [first = '', last] = text.split('..')
  const [low, high] = last === undefined ? [0, priorityOf(first)] : [priorityOf(first), priorityOf(last)]
  if (low === undefined || high === undefined) return `Unknown log level ${text}`
  return ({ priority }) => priority >= Math.min(low, high) && priority <= Math.max(low, high)
}

const byTime = (call: Call, { options }: ReadOptions): Condition => {
  const reading = { machine: call.machine, nowMs: machineNowMs(call.world, call.machine) }
  const bounds: number[] = []
  for (const [name, otherwise] of [
    ['since', -Infinity],
    ['until', Infinity],
  ] as const) {
    const text = options.get(name)?.at(-1)
    const atMs = text === undefined ? otherwise : parseTime(reading, text)
    if (atMs === undefined) return `Failed to parse timestamp: ${text}`
    bounds.push(atMs)
  }
  const [fromMs = -Infinity, toMs = Infinity] = bounds
  return entry => {
    const shown = entry.atMs + (entry.offsetMs ?? 0)
    return shown >= fromMs && shown <= toMs
  }
}

const byBoot = ({ machine }: Call, { options }: ReadOptions): Condition => {
  const asked = options.get('boot')?.at(-1) ?? (options.has('dmesg') ? '' : undefined)
  if (asked === undefined || asked === 'all') return undefined
  const boots = bootsOf(machine)
  const offset = asked === '' ? 0 : Number(asked)
  const boot = Number.isNaN(offset)
    ? boots.find(({ id }) => id === asked.replaceAll('-', ''))
    : offset > 0
      ? boots[offset - 1]
      : boots.at(offset - 1)
  if (boot === undefined)
    return `Data from the specified boot (${asked}) is not available: No such boot ID in journal`
  return ({ atMs }) => atMs >= boot.fromMs && atMs <= boot.toMs
}

const byPattern = ({ options }: ReadOptions): Condition => {
  const pattern = options.get('grep')?.at(-1)
  if (pattern === undefined) return undefined
  try {
    const matcher = new RegExp(pattern, /[A-Z]/.test(pattern) ? 'u' : 'iu')
    return ({ message }) => matcher.test(message)
  } catch {
    return `Bad pattern "${pattern}"`
  }
}

/** `FIELD=value` words: those of one field are alternatives. */
const byFields = ({ machine }: Call, words: readonly string[]): Condition => {
  const fields = new Map<string, string[]>()
  for (const word of words) {
    const at = word.indexOf('=')
    if (at < 1 && !word.startsWith('/')) return `Failed to add match '${word}': Invalid argument`
    const [name, value] = word.startsWith('/') ? ['_EXE', word] : [word.slice(0, at), word.slice(at + 1)]
    fields.set(name, [...(fields.get(name) ?? []), value])
  }
  const programOf = ({ identifier }: JournalEntry): string =>
    identifier === 'kernel' ? '' : `/usr/bin/${identifier}`
  return entry => {
    const known = fieldsOf(machine, entry)
    return [...fields].every(([name, values]) =>
      values.includes(name === '_EXE' ? programOf(entry) : (known[name] ?? '')),
    )
  }
}

/** The entries that a journalctl command line asks for, or the sentence that says why it cannot be told. */
export const selectEntries = (call: Call, read: ReadOptions): Keep | string => {
  const { options, words } = read
  const units = options.get('unit')
  const identifiers = options.get('identifier')
  const conditions: readonly Condition[] = [
    byPriority(options.get('priority')?.at(-1)),
    byTime(call, read),
    byBoot(call, read),
    byPattern(read),
    words.length === 0 ? undefined : byFields(call, words),
    units === undefined ? undefined : ({ unit }) => unit !== undefined && fits(unit, units),
    identifiers === undefined ? undefined : ({ identifier }) => identifiers.includes(identifier),
    options.has('dmesg') ? ({ identifier }) => identifier === 'kernel' : undefined,
  ]
  const problem = conditions.find(condition => typeof condition === 'string')
  if (typeof problem === 'string') return problem
  return entry => conditions.every(keep => typeof keep !== 'function' || keep(entry))
}
