import { type Located, listFact, nothing, singleFact } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { CommandWords, Division, FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { systemctlWords, unitFileStates, unitName } from './systemctl-command.ts'

const fields: Readonly<Record<string, string>> = {
  'is-active': 'active',
  'is-failed': 'active',
  'is-enabled': 'enabled',
}

const WHOLE = 'is-system-running'

const answer = /^[a-z][a-z-]*$/

const activity =
  /^(?:active|inactive|failed|activating|deactivating|reloading|refreshing|maintenance|unknown)$/
const enablement = new RegExp(`^(?:${unitFileStates}|not-found)$`)

const systemState = (stdout: string): Parsed => {
  const [line] = linesOf(stdout)
  return line === undefined || !answer.test(line.text.trim())
    ? nothing
    : singleFact('systemState', { line: line.number, value: line.text.trim() })
}

const parse = ({ argv, stdout }: ParserInput): Parsed => {
  const [verb = '', ...units] = systemctlWords(argv)
  if (verb === WHOLE) return systemState(stdout)
  const field = fields[verb]
  // Other commands of the line may have answered too.
  const known = field === 'enabled' ? enablement : activity
  const answers = linesOf(stdout).filter(line => known.test(line.text.trim()))
  // Units that do not exist are left out by is-enabled: then it is not known which answer belongs to which unit.
  if (field === undefined || answers.length !== units.length) return nothing
  const rows: readonly Located<FactValue>[] = answers.map(({ number, text }, index) => ({
    line: number,
    value: { name: unitName(units[index] ?? ''), [field]: text.trim() },
  }))
  return rows.length === 0 ? nothing : listFact('units', rows)
}

const fieldOf = (argv: CommandWords): string => fields[systemctlWords(argv)[0] ?? ''] ?? ''

// As many answers as units, in the same order; else each command may know its own words.
const divide: Division = (stdout, commands) => {
  const lines = stdout.split('\n')
  const places = lines.flatMap((line, index) =>
    activity.test(line.trim()) || enablement.test(line.trim()) ? [index] : [],
  )
  const counts = commands.map(argv => systemctlWords(argv).length - 1)
  if (counts.reduce((sum, count) => sum + count, 0) !== places.length)
    return new Set(commands.map(fieldOf)).size === commands.length ? commands.map(() => stdout) : undefined
  return counts.map((count, at) => {
    const from = counts.slice(0, at).reduce((sum, one) => sum + one, 0)
    const own = new Set(places.slice(from, from + count))
    return lines.map((line, index) => (own.has(index) ? line : '')).join('\n')
  })
}

/** One word a unit: `systemctl is-active`, `is-failed`, `is-enabled`; `is-system-running` for the machine. */
export const systemctlIs: Parser = {
  name: 'systemctl-is',
  gives: ['units', 'systemState'],
  recognises: argv => [...Object.keys(fields), WHOLE].includes(systemctlWords(argv)[0] ?? ''),
  recognisesText: () => false,
  parse,
  divide,
}
