import { type Located, nothing } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { type Firewall, type FirewallChain, firewallChain, firewallFacts } from './firewall.ts'
import { nftListing } from './nft-json.ts'
import { type NftPlace, nftRule } from './nft-rule.ts'

type Chain = { readonly line: number; cells: FirewallChain; readonly rules: TextLine[] }

/** What a line stands in. Rules of chains are read; sets, maps and the like are passed over. */
type Inside = 'table' | 'chain' | 'other'

const tableLine = /^table (?:(ip|ip6|inet|arp|bridge|netdev) )?(\S+) \{/
const chainLine = /^\s*chain (\S+) \{/
const baseLine = /^\s*type \w+ hook (\w+) .*?(?:policy (\w+);)?\s*$/

const addTo = (chain: Chain, line: TextLine): void => {
  const base = baseLine.exec(line.text)
  if (base === null) chain.rules.push(line)
  else chain.cells = { ...chain.cells, hook: base[1], policy: base[2]?.toUpperCase() }
}

const insideAfter = (inside: Inside, text: string): Inside => {
  if (chainLine.test(text)) return 'chain'
  if (tableLine.test(text) || /^\s*\}\s*$/.test(text)) return 'table'
  return inside === 'table' && text.endsWith('{') ? 'other' : inside
}

const chainsOf = (lines: readonly TextLine[]): readonly Chain[] => {
  const chains: Chain[] = []
  let inside: Inside = 'other'
  let place = { family: 'ip', table: '' }
  for (const line of lines) {
    const [, family = 'ip', table] = tableLine.exec(line.text) ?? []
    if (table !== undefined) place = { family, table }
    const name = chainLine.exec(line.text)?.[1]
    const before = inside
    inside = insideAfter(inside, line.text)
    const last = chains.at(-1)
    if (name !== undefined) chains.push({ line: line.number, cells: { ...place, name }, rules: [] })
    else if (before === 'chain' && inside === 'chain' && last !== undefined) addTo(last, line)
  }
  return chains
}

const rulesOf = ({ cells, rules }: Chain): readonly Located<FactValue>[] =>
  rules.map(({ number, text }, index) => {
    const place: NftPlace = {
      family: cells.family,
      table: cells.table,
      chain: cells.name,
      position: index + 1,
    }
    return { line: number, value: nftRule(text.trim(), place) }
  })

const read = (lines: readonly TextLine[]): Firewall => {
  const chains = chainsOf(lines)
  return {
    chains: chains.map(({ line, cells }) => ({ line, value: firewallChain(cells) })),
    rules: chains.flatMap(rulesOf),
  }
}

const withoutHandle = ({ number, text }: TextLine): TextLine => ({
  number,
  text: text.replace(/ # handle \d+$/, '').trimEnd(),
})

const parse = ({ stdout, exitCode }: ParserInput): Parsed => {
  const listing = nftListing(stdout)
  if (listing !== undefined) return firewallFacts(read(listing.map(text => ({ number: 1, text }))))
  const lines = linesOf(stdout)
    .filter(line => !line.text.startsWith('#'))
    .map(withoutHandle)
  const firewall = read(lines)
  const none = lines.length === 0 && exitCode === 0
  return none || lines.some(({ text }) => tableLine.test(text)) ? firewallFacts(firewall) : nothing
}

/** Packet filter rules of nftables: `nft list ruleset`, `nft list table`, `nft list chain`, with handles (-a) or without, and in JSON (-j). */
export const nft: Parser = {
  name: 'nft',
  gives: ['firewallChains', 'firewallRules'],
  recognises: argv => argv[0] === 'nft' && argv.includes('list'),
  recognisesText: text =>
    /^table (?:ip|ip6|inet|arp|bridge|netdev) \S+ \{/m.test(text) || /^\s*\{\s*"nftables"\s*:/.test(text),
  parse,
}
