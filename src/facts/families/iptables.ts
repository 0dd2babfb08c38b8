import { hasShort, optionValue } from '../command/options.ts'
import { combine, complain, listFact, nothing } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { CommandWords, Parsed, Parser, ParserInput } from '../types.ts'
import { type Firewall, firewallFacts } from './firewall.ts'
import { type ListingPlace, readListing } from './iptables-listing.ts'
import { readRules } from './iptables-rules.ts'

const programs = /^ip(6?)tables(?:-nft|-legacy)?(-save)?$/

const listOptions = ['-L', '-S', '--list', '--list-rules']

const chainWord = (argv: CommandWords): string => {
  const index = argv.findIndex(word => listOptions.includes(word) || /^-[nv]*[LS]$/.test(word))
  const next = index < 0 ? undefined : argv[index + 1]
  return next === undefined || next.startsWith('-') ? '' : next
}

// Without a command the chains tell the table: only nat and mangle have a POSTROUTING, only nat lacks a FORWARD.
const tableIn = (argv: CommandWords, text: string): string => {
  const given = optionValue(argv, ['-t', '--table'])
  if (given !== undefined || argv.length > 0 || !/^Chain POSTROUTING /m.test(text)) return given ?? 'filter'
  return /^Chain FORWARD /m.test(text) ? 'mangle' : 'nat'
}

const placeOf = (argv: CommandWords, text: string): ListingPlace => ({
  family: programs.exec(argv[0] ?? '')?.[1] === '6' || /\s::\/0\s/.test(text) ? 'ip6' : 'ip',
  table: tableIn(argv, text),
  chain: chainWord(argv),
})

const asksForRules = (argv: CommandWords): boolean =>
  programs.exec(argv[0] ?? '')?.[2] !== undefined || hasShort(argv, 'S') || argv.includes('--list-rules')

const readBoth = ({ argv, stdout }: ParserInput): Firewall => {
  const lines = linesOf(stdout)
  const place = placeOf(argv, stdout)
  const rules = readRules(lines, place)
  const listing = asksForRules(argv) ? { chains: [], rules: [] } : readListing(lines, place)
  return { chains: [...listing.chains, ...rules.chains], rules: [...listing.rules, ...rules.rules] }
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
    programs.test(argv[0] ?? '') && (asksForRules(argv) || hasShort(argv, 'L') || argv.includes('--list')),
  recognisesText: text =>
    /^Chain \S+ \((?:policy [A-Z]+|\d+ references)/m.test(text) ||
    /^(?:-P [A-Z]+ [A-Z]+|:[A-Z]+ [A-Z]+ \[\d+:\d+\])/m.test(text),
  parse,
}
