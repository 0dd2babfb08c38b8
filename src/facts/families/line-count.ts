import { counts, FED_BY } from '../command/rewriting.ts'
import { combine, nothing, singleFact } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { CommandWords, Parsed, Parser, ParserInput } from '../types.ts'
import { usageFact } from './usage.ts'

const fedBy = (argv: CommandWords): string => argv.slice(argv.indexOf(FED_BY) + 1).join(' ')

// What is counted here is one entry a line, without a header.
const countsConnections = (argv: CommandWords): boolean =>
  argv.includes(FED_BY) && /^(?:conntrack -L(?: conntrack)?|cat \/proc\/net\/nf_conntrack)$/.test(fedBy(argv))

const countsProcessors = (argv: CommandWords): boolean =>
  argv.some(word => /^\^?processor/.test(word)) && argv.some(word => word === '/proc/cpuinfo')

const parse = ({ argv, stdout }: ParserInput): Parsed => {
  const numbers = linesOf(stdout).flatMap(({ number, text }) => {
    const digits = /^\s*(\d+)(?: \S+)?\s*$/.exec(text)?.[1]
    return digits === undefined ? [] : [{ number, count: Number(digits) }]
  })
  const [only] = numbers
  if (only === undefined || numbers.length > 1) return nothing
  const { number: line, count } = only
  return combine([
    singleFact('lineCount', { line, value: count }),
    countsProcessors(argv) ? singleFact('cpus', { line, value: count }) : nothing,
    countsConnections(argv) ? usageFact({ fact: 'conntrack', count, max: undefined, line }) : nothing,
  ])
}

/** How many lines there are: `… | wc -l`, `grep -c`; of `conntrack -L` that is how many connections are tracked, of /proc/cpuinfo how many processors there are. */
export const lineCount: Parser = {
  name: 'line-count',
  gives: ['lineCount', 'conntrack', 'cpus'],
  recognises: counts,
  recognisesText: () => false,
  parse,
}
