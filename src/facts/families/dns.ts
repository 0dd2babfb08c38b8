import { operandsOf, optionValue } from '../command/options.ts'
import { listFact, nothing } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { CommandWords, Parsed, Parser, ParserInput } from '../types.ts'
import { answerLines } from './answer-lines.ts'
import { type Asked, digQueries, shortQuery } from './dig-queries.ts'
import { type DnsQuery, queryFact } from './dns-query.ts'
import { nslookupQueries } from './nslookup-queries.ts'

const programs = ['dig', 'nslookup', 'host', 'kdig', 'drill']

const valueOptions = ['-p', '-t', '-c', '-b', '-f', '-k', '-q', '-W', '-R', '-N', '-m', '-x']

const recordType = /^(?:A|AAAA|ANY|CNAME|MX|NS|PTR|SOA|SRV|TXT|CAA|IN)$/i

const nameAsked = (argv: CommandWords): string | undefined => {
  const words = operandsOf(argv, valueOptions).filter(word => !/^[@+]/.test(word) && !recordType.test(word))
  return words[0] ?? argv[argv.indexOf('-x') + 1 || argv.length]
}

// dig asks for addresses unless something else was named.
const askedOf = (argv: CommandWords): Asked => {
  const name = nameAsked(argv)
  const named =
    optionValue(argv, ['-t']) ?? operandsOf(argv, valueOptions).find(word => recordType.test(word))
  const server = argv.find(word => word.startsWith('@'))?.slice(1)
  return { name, type: argv.includes('-x') ? 'PTR' : (named?.toUpperCase() ?? 'A'), server }
}

const isShort = (argv: CommandWords): boolean => argv[0] === 'dig' && argv.includes('+short')

const inShortForm = ({ argv, stdout, exitCode }: ParserInput): readonly DnsQuery[] =>
  exitCode === 127 ? [] : shortQuery(answerLines(stdout, argv), askedOf(argv))

const complaints = ({ argv, stderr }: ParserInput): readonly DnsQuery[] =>
  nslookupQueries(linesOf(stderr), nameAsked(argv)).map(query => ({ ...query, line: 0 }))

// Of alternatives (`dig … || nslookup …`) the one that was answered counts, so silence comes last.
const inLongForm = ({ argv, stdout }: ParserInput): readonly DnsQuery[] => {
  const name = nameAsked(argv)
  const lines = linesOf(stdout)
  const dug = digQueries(lines, argv[0] === 'dig' ? askedOf(argv) : { name: undefined })
  if (dug.some(query => query.status !== 'NO-ANSWER')) return dug
  const looked = nslookupQueries(lines, name)
  const isOwn = argv[0] === 'dig' && dug.length > 0
  return looked.length > 0 && (!isOwn || looked.some(query => query.status !== 'NO-ANSWER')) ? looked : dug
}

const queriesOf = (input: ParserInput): readonly DnsQuery[] => {
  const queries = isShort(input.argv) ? [] : inLongForm(input)
  const found = queries.length > 0 ? queries : complaints(input)
  return found.length === 0 && isShort(input.argv) ? inShortForm(input) : found
}

const parse = (input: ParserInput): Parsed => {
  const queries = queriesOf(input)
  return queries.length === 0 ? nothing : listFact('dnsQueries', queries.map(queryFact))
}

/** What name servers answered: `dig` (+short, +noall +answer, +trace, +yaml, -x too), `nslookup` of bind and busybox, `host`. */
export const dns: Parser = {
  name: 'dns',
  gives: ['dnsQueries'],
  recognises: argv => programs.includes(argv[0] ?? ''),
  recognisesText: text =>
    /^; <<>> DiG |->>HEADER<<- opcode|^- type: (?:MESSAGE|DIG_ERROR)$|^Server:\s+\S+\nAddress(?: \d+)?:?\s/m.test(
      text,
    ) || /^\S+ has address [\d.]+$|^Host \S+ not found: \d+\(/m.test(text),
  parse,
}
