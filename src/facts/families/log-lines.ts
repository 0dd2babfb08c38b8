import { type Located, listFact, nothing, record } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { kubectlCommand } from './kubectl-command.ts'
import { readLogLine } from './log-forms.ts'
import { logLevelOf } from './log-level.ts'
import { runtimeCommand } from './runtime-command.ts'
import { shows } from './shown-files.ts'

// A log of any length gives facts of its newest lines only: facts are kept with the session.
const KEPT = 500

const rowOf = (text: string): FactValue =>
  record({ level: logLevelOf(text), ...(readLogLine(text) ?? { message: text }) })

const rowsOf = (lines: readonly TextLine[]): readonly Located<FactValue>[] =>
  lines.slice(-KEPT).map(({ number, text }) => ({ line: number, value: rowOf(text) }))

// A container's own error stream comes out as the error stream of the tool; only of a command that failed it is the tool's.
const ownLines = ({ stderr, exitCode }: ParserInput): readonly TextLine[] =>
  exitCode === 0 ? linesOf(stderr).map(line => ({ ...line, number: 0 })) : []

const parse = (input: ParserInput): Parsed => {
  const rows = rowsOf([...linesOf(input.stdout), ...ownLines(input)])
  const empty = input.exitCode === 0 || (input.exitCode === 1 && input.stderr === '')
  return rows.length > 0 || empty ? listFact('logLines', rows) : nothing
}

const logFile =
  /\/salt\/minion$|\/gravity-(?:install|system)\.log$|\/var\/log\/(?:pods|containers)\/|-json\.log$/

const looksLikeLog = (text: string): boolean => {
  const first = linesOf(text.slice(0, 8000)).slice(0, 8)
  return (
    first.length > 0 && first.filter(line => readLogLine(line.text) !== undefined).length * 2 > first.length
  )
}

/**
 * Log lines of containers and programs: `kubectl logs`, `crictl logs`, `docker logs`, and log files in the forms of klog, JSON, logfmt,
 * salt, etcd and Go. A line in another form is kept whole as its message.
 */
export const logLines: Parser = {
  name: 'log-lines',
  gives: ['logLines'],
  recognises: argv =>
    kubectlCommand(argv)?.verb === 'logs' || runtimeCommand(argv)?.verb === 'logs' || shows(argv, logFile),
  recognisesText: looksLikeLog,
  parse,
  takesAnyText: true,
}
