import { combine, complain, type Located, listFact, nothing, record } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { shows } from './shown-files.ts'

type Zone = {
  readonly line: number
  readonly zones: readonly string[]
  readonly directives: (readonly string[])[]
}

const wordsOf = (text: string): readonly string[] =>
  text
    .trim()
    .split(/\s+/)
    .filter(word => word !== '' && word !== '{')

/** The server blocks of a Corefile with their directives, and how many braces stayed open. */
const blocksOf = (text: string) => {
  const blocks: Zone[] = []
  let depth = 0
  for (const { number, text: raw } of linesOf(text)) {
    const line = raw.replace(/(?:^|\s)#.*$/, '').trim()
    if (line === '') continue
    const closes = line.startsWith('}')
    if (depth === 0 && !closes) blocks.push({ line: number, zones: wordsOf(line), directives: [] })
    else if (depth === 1 && !closes) blocks.at(-1)?.directives.push(wordsOf(line))
    if (line.endsWith('{')) depth += 1
    if (closes) depth -= 1
  }
  return { blocks, depth }
}

const forwardOf = ([, from, ...to]: readonly string[]): FactValue =>
  record({ from, to: to.filter(word => word !== '}') })

const rowOf = ({ line, zones, directives }: Zone): Located<FactValue> => ({
  line,
  value: record({
    zones,
    plugins: directives.flatMap(([name]) => name ?? []),
    forwards: directives.filter(([name]) => name === 'forward' || name === 'proxy').map(forwardOf),
  }),
})

/** The zones of a Corefile: names, plugins, and where queries are forwarded to. Braces that do not match are complained of. */
export const readCorefile = (text: string): Parsed => {
  const { blocks, depth } = blocksOf(text)
  const zones = blocks.filter(block => block.directives.length > 0)
  return combine([
    zones.length === 0 ? nothing : listFact('dnsZones', zones.map(rowOf)),
    depth === 0 ? nothing : complain('E_FACTS_NOT_UNDERSTOOD', 'The braces of the Corefile do not match'),
  ])
}

const parse = ({ stdout }: ParserInput): Parsed => readCorefile(stdout)

/** CoreDNS's configuration: `cat /etc/coredns/Corefile`, Gravity's `/etc/coredns/coredns.conf`. */
export const corefile: Parser = {
  name: 'corefile',
  gives: ['dnsZones'],
  recognises: argv => shows(argv, /Corefile$|\/coredns\/\S+\.conf$/),
  recognisesText: text =>
    /^\S*:53(?: \S+)* \{[ \t]*$/m.test(text) &&
    /^[ \t]+(?:forward|proxy|kubernetes|errors|cache)\b/m.test(text),
  parse,
}
