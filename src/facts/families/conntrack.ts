import { hasOption, hasShort } from '../command/options.ts'
import { combine, type Located, listFact, nothing, record, singleFact } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import type { CommandWords, FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { usageFact } from './usage.ts'

// A busy node tracks hundreds of thousands of connections; facts are kept with the session.
const KEPT = 500

const flowPattern = /^(?:ipv[46]\s+\d+\s+)?([a-z]\w*)\s+(\d+)\s+(\d+)\s+(?:([A-Z][A-Z_12]+)\s+)?(src=.*)$/

const optional = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text)

// Both directions of a connection use the same names, the original one first.
const valuesOf = (text: string): ReadonlyMap<string, readonly string[]> => {
  const pairs = [...text.matchAll(/(\w+)=(\S+)/g)].map(([, key = '', value = '']) => ({ key, value }))
  return new Map(
    [...Map.groupBy(pairs, pair => pair.key)].map(([key, list]) => [key, list.map(pair => pair.value)]),
  )
}

const flowOf = (text: string): FactValue | undefined => {
  const [, protocol, , timeout, state, rest = ''] = flowPattern.exec(text) ?? []
  if (protocol === undefined) return undefined
  const values = valuesOf(rest)
  const at = (name: string, direction = 0): string | undefined => values.get(name)?.[direction]
  return record({
    protocol,
    state,
    source: at('src'),
    sourcePort: optional(at('sport')),
    destination: at('dst'),
    destinationPort: optional(at('dport')),
    replySource: at('src', 1),
    replySourcePort: optional(at('sport', 1)),
    unreplied: rest.includes('[UNREPLIED]'),
    assured: rest.includes('[ASSURED]'),
    timeoutSeconds: Number(timeout),
  })
}

const flows = (lines: readonly TextLine[]): readonly Located<FactValue>[] =>
  lines.slice(0, KEPT).flatMap(({ number, text }) => {
    const value = flowOf(text)
    return value === undefined ? [] : [{ line: number, value }]
  })

const camelCase = (name: string): string =>
  name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())

const statistics = (lines: readonly TextLine[]): Parsed => {
  const rows = lines.filter(({ text }) => /^cpu=\d+\s/.test(text))
  const totals: Record<string, number> = {}
  for (const { text } of rows) {
    for (const [, name = '', value] of text.matchAll(/(\w+)=(\d+)/g)) {
      const key = camelCase(name)
      if (key !== 'cpu') totals[key] = (totals[key] ?? 0) + Number(value)
    }
  }
  const [first] = rows
  return first === undefined
    ? nothing
    : singleFact('conntrackStatistics', { line: first.number, value: totals })
}

const narrowing =
  /^-[psdrqgnjmfzel]$|^--(?:proto|src|dst|orig-|reply-|dport|sport|state|mark|zone|family|any-nat|src-nat|dst-nat)/

const listsAll = (argv: CommandWords): boolean => !argv.some(word => narrowing.test(word))

const countOf = ({ argv, stdout, stderr }: ParserInput): Parsed => {
  const lines = linesOf(stdout)
  const alone = lines.find(({ text }) => /^\d+$/.test(text.trim()))
  const asksCount = hasOption(argv, 'C', 'count')
  const shown = /: (\d+) flow entries have been shown/.exec(`${stderr}\n${stdout}`)?.[1]
  const count = asksCount ? optional(alone?.text.trim()) : listsAll(argv) ? optional(shown) : undefined
  return usageFact({ fact: 'conntrack', count, max: undefined, line: asksCount ? (alone?.number ?? 0) : 0 })
}

// Nothing is tracked, or a filter let nothing through of what is.
const saysNone = ({ stdout, stderr, exitCode }: ParserInput): boolean =>
  /: 0 flow entries have been shown/.test(`${stderr}\n${stdout}`) ||
  (stdout.trim() === '' && exitCode === 1 && /flow entries have been shown/.test(stderr))

const parse = (input: ParserInput): Parsed => {
  const lines = linesOf(input.stdout)
  const rows = flows(lines)
  const list = rows.length > 0 || saysNone(input) ? listFact('connections', rows) : nothing
  return combine([list, countOf(input), statistics(lines)])
}

/** Tracked connections, how many there are, and what became of those that were not: `conntrack` -L, -C, -S; /proc/net/nf_conntrack. */
export const conntrack: Parser = {
  name: 'conntrack',
  gives: ['connections', 'conntrack', 'conntrackStatistics'],
  recognises: argv =>
    (argv[0] === 'conntrack' && !hasShort(argv, 'D') && !hasShort(argv, 'F')) ||
    argv.includes('/proc/net/nf_conntrack'),
  recognisesText: text =>
    linesOf(text.slice(0, 4000)).some(line => flowPattern.test(line.text)) ||
    /^cpu=0\s+(?:found|searched)=/m.test(text),
  parse,
}
