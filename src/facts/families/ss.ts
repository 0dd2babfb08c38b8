import { hasLong, hasOption, hasShort } from '../command/options.ts'
import { type Located, listFact, nothing } from '../parsed.ts'
import { divideAt } from '../text/divide.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import type { CommandWords, FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { type SsTable, ssSocket } from './ss-socket.ts'
import { ssSummary } from './ss-summary.ts'

// On a narrow terminal the processes of a socket stand on the next line, what -i and -m add always does.
const unwrapped = (lines: readonly TextLine[]): readonly TextLine[] => {
  const whole: { readonly number: number; readonly parts: string[] }[] = []
  for (const { number, text } of lines) {
    const before = whole.at(-1)
    const goesOn = /^\s+(?:users:|[a-z]\w*[ :(])/.test(text) && !/^\s*\S+\s+[A-Z]/.test(text)
    if (goesOn && before !== undefined) before.parts.push(text.trim())
    else whole.push({ number, parts: [text.trimEnd()] })
  }
  return whole.map(({ number, parts }) => ({ number, text: parts.join(' ') }))
}

const filtered: Readonly<Record<string, string>> = {
  established: 'ESTAB',
  listening: 'LISTEN',
  listen: 'LISTEN',
  closed: 'CLOSE',
  'fin-wait-1': 'FIN-WAIT-1',
  'fin-wait-2': 'FIN-WAIT-2',
}

// Of one state alone ss prints no column for it.
const stateOf = (argv: CommandWords): string | undefined => {
  const index = argv.indexOf('state')
  const word = index < 0 ? undefined : argv[index + 1]
  return word === undefined ? undefined : (filtered[word] ?? word.toUpperCase())
}

const kinds: readonly (readonly [string, string, string])[] = [
  ['t', 'tcp', 'tcp'],
  ['u', 'udp', 'udp'],
  ['w', 'raw', 'raw'],
  ['S', 'sctp', 'sctp'],
]

// Of one protocol alone it prints no column either.
const protocolOf = (argv: CommandWords): string | undefined => {
  const asked = kinds.filter(([letter, long]) => hasShort(argv, letter) || hasLong(argv, long))
  return asked.length === 1 ? asked[0]?.[2] : undefined
}

const headerPattern = /^(?:Netid\s+)?(?:State\s+)?Recv-Q\s+Send-Q\s+Local Address:Port/m

const parse = ({ argv, stdout, exitCode }: ParserInput): Parsed => {
  if (hasOption(argv, 's', 'summary') || /^Total: \d+[\s\S]*^TCP: /m.test(stdout)) return ssSummary(stdout)
  const lines = linesOf(stdout)
  const table: SsTable = { protocol: protocolOf(argv), state: stateOf(argv) }
  const rows: readonly Located<FactValue>[] = unwrapped(lines).flatMap(({ number, text }) => {
    const value = ssSocket(text, table)
    return value === undefined ? [] : [{ line: number, value }]
  })
  const headerAlone = lines.length === 1 && headerPattern.test(lines[0]?.text ?? '')
  const none = headerAlone || (stdout.trim() === '' && (exitCode === 0 || exitCode === 1))
  return rows.length > 0 || none ? listFact('sockets', rows) : nothing
}

/** Sockets: `ss` with -t, -u, -x, -l, -n, -p, -e, -i, `state …` in any mix, -s; a table without rows means that nothing fits. */
export const ss: Parser = {
  name: 'ss',
  gives: ['sockets', 'socketSummary'],
  recognises: argv => argv[0] === 'ss',
  recognisesText: text => headerPattern.test(text) || /^TCP:\s+\d+ \(estab \d+/m.test(text),
  parse,
  divide: divideAt(text => headerPattern.test(text)),
}
