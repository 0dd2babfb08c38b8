import { parsers } from '../parsers.ts'
import type { CommandWords } from '../types.ts'
import { type Producer, producersOfLine } from './command-words-of.ts'
import { keepsLines } from './filters.ts'
import { hasOption, hasShort, operandsOf, optionValue } from './options.ts'

/** Tells whether a line that holds a word would have been shown; a filter that drops lines without looking at them never says so. */
export type LineFilter = (word: string) => boolean

const never: LineFilter = () => false

const valueOptions = ['-A', '-B', '-C', '-m', '--max-count', '--color', '-e', '--regexp', '-f']

const compile = (argv: CommandWords): RegExp | undefined => {
  const given = optionValue(argv, ['-e', '--regexp']) ?? operandsOf(argv, valueOptions)[0]
  const isFixed = argv[0] === 'fgrep' || hasShort(argv, 'F')
  if (given === undefined || hasShort(argv, 'f')) return undefined
  const text = isFixed ? given.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`) : given.replaceAll('\\|', '|')
  try {
    return new RegExp(text, hasOption(argv, 'i', 'ignore-case') ? 'i' : '')
  } catch {
    return undefined
  }
}

const grepFilter = (argv: CommandWords): LineFilter => {
  const pattern = compile(argv)
  const isInverted = hasOption(argv, 'v', 'invert-match')
  if (pattern === undefined || hasShort(argv, 'm')) return never
  return word => pattern.test(word) !== isInverted
}

// `tail -n +2` only takes the header away.
const skipsHeader = (argv: CommandWords): boolean => / (?:-n ?)?\+\d/.test(argv.join(' '))

const filterOf = (argv: CommandWords): LineFilter | undefined => {
  const [program = ''] = argv
  if (/^(?:[efz]?grep|rg)$/.test(program)) return grepFilter(argv)
  if (/^(?:head|sed|awk)$/.test(program) || (program === 'tail' && !skipsHeader(argv))) return never
  return undefined
}

const filtersOf = ({ stages }: Producer): readonly LineFilter[] =>
  stages.every(keepsLines) ? stages.flatMap(stage => filterOf(stage) ?? []) : []

// `docker ps | grep etcd; docker ps | grep kube` lists twice: what one filter drops the other may show.
const isSameListing = (producers: readonly Producer[]): boolean =>
  producers.length > 1 && producers.every(({ argv }) => argv[0] === producers[0]?.argv[0])

const givesFact = ({ argv }: Producer, fact: string): boolean =>
  parsers.find(parser => parser.recognises(argv))?.gives.includes(fact) === true

// `ss -lnt | grep 6443; crictl ps -a`: the filter of one says nothing of what the other lists.
const producersOfFact = (line: string, fact: string): readonly Producer[] => {
  const producers = producersOfLine(line)
  if (producers.length < 2) return producers
  const own = producers.filter(producer => givesFact(producer, fact))
  return own.length === 0 ? producers : own
}

/**
 * What the filters behind the commands of a line that list a fact let through (`lsmod | grep br_netfilter`); `undefined` where
 * nothing is filtered. What such a listing does not show is only known to be absent for words that its filter would have shown.
 */
export const lineFilterOf = (line: string, fact: string): LineFilter | undefined => {
  const producers = producersOfFact(line, fact)
  const filters = producers.map(filtersOf)
  if (filters.every(own => own.length === 0)) return undefined
  if (isSameListing(producers)) return word => filters.some(own => own.every(shows => shows(word)))
  return word => filters.flat().every(shows => shows(word))
}
