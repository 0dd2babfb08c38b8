import { combine, type Located, listFact, nothing, record, singleFact } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import type { CommandWords, FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { kubectlCommand } from './kubectl-command.ts'
import { readLogLine } from './log-forms.ts'
import { logLevelOf } from './log-level.ts'
import { runtimeCommand } from './runtime-command.ts'
import { shows } from './shown-files.ts'

// A log of any length gives facts of its newest lines only: facts are kept with the session.
const KEPT = 500

const rowOf = (text: string): Readonly<Record<string, FactValue>> =>
  record({ level: logLevelOf(text), ...(readLogLine(text) ?? { message: text }) })

type Row = Located<Readonly<Record<string, FactValue>>>

const rowsOf = (lines: readonly TextLine[]): readonly Row[] =>
  lines.slice(-KEPT).map(({ number, text }) => ({ line: number, value: rowOf(text) }))

// A frame as Java and Node, Python, Go and Ruby print it, or what Java says between frames.
const frame =
  /^Caused by: |^\s+(?:at [\w.$<>/@ [\]]+[(:]|\.{3} \d+ (?:more|common frames)|File "[^"]+", line \d|\/\S+\.go:\d+|from \S+\.rb:\d+:in )/

const isTrouble = (row: Row): boolean => row.value.level === 'error' || row.value.level === 'fatal'

// What a program says last tells whether it has got over its troubles.
const endOf = (rows: readonly Row[], lines: readonly TextLine[]): Parsed => {
  const newest = rows.findLast(row => row.value.level !== undefined)
  const inTrace = frame.test(lines.findLast(line => line.text.trim() !== '')?.text ?? '')
  if (newest === undefined && !inTrace) return nothing
  const { level, message, error } = newest?.value ?? {}
  const errors = rows.filter(isTrouble).length
  return singleFact('logEnd', {
    line: newest?.line ?? lines.at(-1)?.number ?? 0,
    value: record({ level, message, error, errors, inTrace }),
  })
}

// A container's own error stream comes out as the error stream of the tool; only of a command that failed it is the tool's.
const ownLines = ({ stderr, exitCode }: ParserInput): readonly TextLine[] =>
  exitCode === 0 ? linesOf(stderr).map(line => ({ ...line, number: 0 })) : []

const parse = (input: ParserInput): Parsed => {
  const lines = withoutOwners([...linesOf(input.stdout), ...ownLines(input)])
  const rows = rowsOf(lines)
  const empty = input.exitCode === 0 || (input.exitCode === 1 && input.stderr === '')
  return rows.length > 0 || empty ? combine([listFact('logLines', rows), endOf(rows, lines)]) : nothing
}

// compose and stern put the name of whoever wrote a line in front of it.
const owner = /^(?:[\w.-]+ +\| ?|\[pod\/\S+\] )/

const withoutOwners = (lines: readonly TextLine[]): readonly TextLine[] =>
  lines.length > 0 &&
  lines.every(({ text }) => owner.test(text) || /^Attaching to |exited with code \d+$/.test(text))
    ? lines.map(line => ({ ...line, text: line.text.replace(owner, '') }))
    : lines

const showsLogs = (argv: CommandWords): boolean => {
  const runtime = runtimeCommand(argv)
  if (runtime !== undefined)
    return (
      runtime.verb === 'logs' ||
      (['container', 'compose', 'service'].includes(runtime.verb) && runtime.operands.includes('logs'))
    )
  return /^(?:docker|podman)-compose$/.test(argv[0] ?? '') && argv.includes('logs')
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
  gives: ['logLines', 'logEnd'],
  recognises: argv => kubectlCommand(argv)?.verb === 'logs' || showsLogs(argv) || shows(argv, logFile),
  recognisesText: looksLikeLog,
  parse,
  takesAnyText: true,
}
