import { nothing, record, singleFact } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import type { Parsed, Parser, ParserInput } from '../types.ts'
import { shows } from './shown-files.ts'

const wordsOf = (lines: readonly TextLine[], keyword: string): readonly string[] =>
  lines.flatMap(({ text }) => {
    const [first, ...words] = text
      .replace(/\s[#;].*$/, '')
      .trim()
      .split(/\s+/)
    return first === keyword ? words : []
  })

const ndotsOf = (options: readonly string[]): number | undefined => {
  const digits = options
    .map(option => /^ndots:(\d+)$/.exec(option)?.[1])
    .findLast(found => found !== undefined)
  return digits === undefined ? undefined : Number(digits)
}

// An empty file is a resolver without servers; a file that only a filter emptied says nothing.
const isConfiguration = ({ text }: TextLine): boolean =>
  /^\s*(?:nameserver|search|domain|options|sortlist)\s/.test(text)

const parse = ({ stdout }: ParserInput): Parsed => {
  const lines = linesOf(stdout)
  const first = lines.find(isConfiguration)
  if (first === undefined) return nothing
  const options = wordsOf(lines, 'options')
  const value = record({
    nameservers: wordsOf(lines, 'nameserver'),
    search: [...wordsOf(lines, 'search'), ...wordsOf(lines, 'domain')],
    options,
    ndots: ndotsOf(options),
  })
  return singleFact('resolver', { line: first.number, value })
}

/** How names are resolved: /etc/resolv.conf of a host or a pod. */
export const resolvConf: Parser = {
  name: 'resolv-conf',
  gives: ['resolver'],
  recognises: argv => shows(argv, /(?:^|\/)resolv\.conf$/),
  recognisesText: text => text.length < 4000 && /^nameserver [\da-fA-F.:]+/m.test(text),
  parse,
}
