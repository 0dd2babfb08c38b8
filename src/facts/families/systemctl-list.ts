import { hasLong } from '../command/options.ts'
import { type Located, listFact, nothing, record } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { listAt, parseJson, textAt } from './json-value.ts'
import { systemctlWords } from './systemctl-command.ts'

const rowPattern =
  /^[●○×↻✘*✓]?\s*(\S+\.[a-z]+|[^\s…]+…\S*)\s+(loaded|not-found|masked|error|bad-setting|merged|stub)\s+([a-z]+)\s+([a-z-]+)(?:\s+(.*))?$/

const withoutJob = (description: string, hasJobs: boolean): string =>
  hasJobs ? description.replace(/^(?:start|stop|restart|reload|verify-active|nop) +/, '') : description

const jsonRows = (stdout: string): readonly Located<FactValue>[] => {
  return listAt(parseJson(stdout)).flatMap(unit => {
    const name = textAt(unit, 'unit')
    const [load, active, sub] = [textAt(unit, 'load'), textAt(unit, 'active'), textAt(unit, 'sub')]
    const description = textAt(unit, 'description')
    return name === undefined ? [] : [{ line: 1, value: record({ name, load, active, sub, description }) }]
  })
}

const textRows = (stdout: string): readonly Located<FactValue>[] => {
  const hasJobs = /^[ \t]*UNIT[ \t].*[ \t]JOB[ \t]/m.test(stdout)
  return linesOf(stdout).flatMap(({ number, text }) => {
    const match = rowPattern.exec(text)
    if (match === null) return []
    const [, name = '', load = '', active = '', sub = '', description = ''] = match
    const value = { name, load, active, sub, description: withoutJob(description.trim(), hasJobs) }
    return [{ line: number, value }]
  })
}

// `0 loaded units listed.`, an empty table, or nothing at all where a filter or --no-legend left nothing.
const saysNone = ({ argv, stdout, exitCode }: ParserInput): boolean =>
  /^0 (?:loaded )?units listed/m.test(stdout) ||
  stdout.trim() === '[]' ||
  (stdout.trim() === '' && (exitCode === 1 || (exitCode === 0 && hasLong(argv, 'no-legend'))))

const parse = (input: ParserInput): Parsed => {
  const rows = input.stdout.trim().startsWith('[{') ? jsonRows(input.stdout) : textRows(input.stdout)
  return rows.length > 0 || saysNone(input) ? listFact('units', rows) : nothing
}

const listsUnits = (verb: string | undefined): boolean => verb === undefined || verb === 'list-units'

/** Tables of units: `systemctl list-units`, `systemctl --failed`, plain `systemctl`, with -o json too. */
export const systemctlList: Parser = {
  name: 'systemctl-list',
  gives: ['units'],
  recognises: argv => argv[0] === 'systemctl' && listsUnits(systemctlWords(argv)[0]),
  recognisesText: text =>
    /^[ \t]*UNIT[ \t]+LOAD[ \t]+ACTIVE[ \t]+SUB\b/m.test(text) || /^\d+ loaded units listed/m.test(text),
  parse,
}
