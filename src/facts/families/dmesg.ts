import { combine, type Located, listFact, nothing, record } from '../parsed.ts'
import { parseInstant } from '../text/instant.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { parseCalendarInstant } from './calendar-instant.ts'
import type { LogLevel } from './log-level.ts'
import { oomKills } from './oom-kills.ts'

// Facts are kept with the session, so of a long log only its newest part.
const KEPT = 500

const levels: readonly LogLevel[] = ['fatal', 'fatal', 'fatal', 'error', 'warning', 'info', 'info', 'debug']
const levelNames = ['emerg', 'alert', 'crit', 'err', 'warn', 'notice', 'info', 'debug']

const linePattern =
  /^(?:<(\d+)>|(\w+) *:(\w+) *: )?(?:\[ *(\d+\.\d+)\]|\[ *\+\d+\.\d+\]|\[([A-Z][a-z]{2} ?[^\]]*\d:\d\d[^\]]*)\]|(\d{4}-\d\d-\d\dT\S+)) ?(.*)$/

const levelOf = (priority: string | undefined, name: string | undefined): LogLevel | undefined => {
  if (priority !== undefined) return levels[Number(priority) & 7]
  return name === undefined ? undefined : levels[levelNames.indexOf(name)]
}

const entryOf = (text: string): FactValue | undefined => {
  const match = linePattern.exec(text)
  if (match === null) return undefined
  const [, priority, , name, uptime, stamp, iso, message = ''] = match
  return record({
    time: parseCalendarInstant(stamp ?? '') ?? parseInstant(iso?.replace(',', '.') ?? '') ?? stamp,
    sinceBootSeconds: uptime === undefined ? undefined : Number(uptime),
    unit: 'kernel',
    level: levelOf(priority, name),
    message,
  })
}

const entries = (lines: readonly TextLine[]): readonly Located<FactValue>[] =>
  lines.slice(-KEPT).flatMap(({ number, text }) => {
    const value = entryOf(text)
    return value === undefined ? [] : [{ line: number, value }]
  })

const parse = ({ stdout, exitCode }: ParserInput): Parsed => {
  const lines = linesOf(stdout)
  const rows = entries(lines)
  const none = stdout.trim() === '' && (exitCode === 0 || exitCode === 1)
  if (rows.length === 0 && !none) return nothing
  return combine([listFact('journal', rows), listFact('oomKills', oomKills(lines))])
}

/** Kernel messages and the processes killed for want of memory: `dmesg` plain, -T, -x, -r, -H, --time-format iso. */
export const dmesg: Parser = {
  name: 'dmesg',
  gives: ['journal', 'oomKills'],
  recognises: argv => argv[0] === 'dmesg' && !argv.includes('-C') && !argv.includes('--clear'),
  recognisesText: text =>
    linesOf(text.slice(0, 4000))
      .slice(0, 5)
      .some(
        line =>
          /^(?:<\d+>|\w+ *:\w+ *: )?\[ *\d+\.\d{6}\] /.test(line.text) ||
          /^\[\w{3} \w{3} +\d+ \d\d:\d\d:\d\d \d{4}\] /.test(line.text),
      ),
  parse,
}
