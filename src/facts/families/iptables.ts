import { hasShort, optionValue } from '../command/options.ts'
import { combine, complain, listFact, nothing } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import type { CommandWords, Parsed, Parser, ParserInput } from '../types.ts'
import { type Firewall, firewallFacts } from './firewall.ts'
import { readListing } from './iptables-listing.ts'
import { readRules } from './iptables-rules.ts'

const programs = /^ip(6?)tables(?:-nft|-legacy)?(-save)?$/

const listOptions = ['-L', '-S', '--list', '--list-rules']

const chainWord = (argv: CommandWords): string => {
  const index = argv.findIndex(word => listOptions.includes(word) || /^-[nv]*[LS]$/.test(word))
  const next = index < 0 ? undefined : argv[index + 1]
  return next === undefined || next.startsWith('-') ? '' : next
}

const isSave = (argv: CommandWords): boolean => programs.exec(argv[0] ?? '')?.[2] !== undefined

const familyIn = (argv: CommandWords, text: string): string =>
  programs.exec(argv[0] ?? '')?.[1] === '6' || /\s::\/0\s/.test(text) ? 'ip6' : 'ip'

// The chains tell the table where the command does not: only nat and mangle have a POSTROUTING, only nat lacks a FORWARD.
const tableOf = (argv: CommandWords, lines: readonly TextLine[]): string => {
  const given = optionValue(argv, ['-t', '--table'])
  const has = (chain: string): boolean => lines.some(({ text }) => text.startsWith(`Chain ${chain} `))
  if (given !== undefined || !has('POSTROUTING')) return given ?? 'filter'
  return has('FORWARD') ? 'mangle' : 'nat'
}

// Every table but filter lists PREROUTING first, so that several listings in one text come apart there.
const listingsIn = (lines: readonly TextLine[]): readonly (readonly TextLine[])[] => {
  const starts = lines.flatMap(({ text }, index) => (text.startsWith('Chain PREROUTING ') ? [index] : []))
  const cuts = [0, ...starts.filter(start => start > 0)]
  return cuts.map((cut, index) => lines.slice(cut, cuts[index + 1]))
}

const readBoth = ({ argv, stdout }: ParserInput): Firewall => {
  const lines = linesOf(stdout)
  const family = familyIn(argv, stdout)
  const given = optionValue(argv, ['-t', '--table'])
  const rules = readRules(lines, { family, table: given ?? (isSave(argv) ? undefined : 'filter') })
  const listings = listingsIn(lines).map(listing =>
    readListing(listing, { family, table: tableOf(argv, listing), chain: chainWord(argv) }),
  )
  return {
    chains: [...listings.flatMap(listing => listing.chains), ...rules.chains],
    rules: [...listings.flatMap(listing => listing.rules), ...rules.rules],
  }
}

const legacyWarning = /^# Warning: (ip6?tables-legacy) tables present.*$/m

// With rules in both back ends an empty table of one says nothing about what is filtered.
const warnings = ({ stdout, stderr }: ParserInput): Parsed => {
  const program = legacyWarning.exec(`${stderr}\n${stdout}`)?.[1]
  if (program === undefined) return nothing
  return complain('E_FACTS_INCOMPLETE', `More rules are in force than are listed here: see ${program}`)
}

const parse = (input: ParserInput): Parsed => {
  const firewall = readBoth(input)
  const warning = warnings(input)
  if (firewall.rules.length > 0) return combine([firewallFacts(firewall), warning])
  if (warning.diagnostics.length > 0) return warning
  const empty = input.stdout.trim() === ''
  if (empty && input.exitCode === 1) return listFact('firewallRules', [])
  return firewall.chains.length > 0 || (empty && input.exitCode === 0) ? firewallFacts(firewall) : nothing
}

/**
 * Packet filter rules: `iptables` and `ip6tables` with -L (-n, -v, --line-numbers, one chain or all, any table), -S, and
 * `iptables-save`, of both back ends, with protocols and ports by name or by number.
 */
export const iptables: Parser = {
  name: 'iptables',
  gives: ['firewallChains', 'firewallRules'],
  recognises: argv =>
    programs.test(argv[0] ?? '') &&
    (isSave(argv) || hasShort(argv, 'L') || hasShort(argv, 'S') || argv.some(word => /^--list/.test(word))),
  recognisesText: text =>
    /^Chain \S+ \((?:policy [A-Z]+|\d+ references)/m.test(text) ||
    /^(?:-P [A-Z]+ [A-Z]+|:[A-Z]+ [A-Z]+ \[\d+:\d+\])/m.test(text),
  parse,
}
