import type { Located } from '../parsed.ts'
import type { TextLine } from '../text/lines.ts'
import { parseSize } from '../text/size.ts'
import type { FactValue } from '../types.ts'
import { type Firewall, firewallChain } from './firewall.ts'
import { type FirewallRule, portRanges, protocolName, ruleFact } from './firewall-rule.ts'

/** Where the rules of a listing belong when no header says so. */
export type ListingPlace = { readonly family: string; readonly table: string; readonly chain: string }

const chainPattern =
  /^Chain (\S+) \((?:policy (\S+?)(?: (\S+) packets, (\S+) bytes)?|(\d+) references?)(?:,.*)?\)/

const isFragment = (word: string | undefined): boolean => word === '--' || word === '-f' || word === '!f'
const protocolWord =
  /^!?(?:\d{1,3}|all|ip|tcp|udp|udplite|icmp|icmpv6|ipv6-icmp|igmp|esp|ah|gre|sctp|dccp|ipencap|ipip|ipv6|vrrp|ospf|pim|mh)$/
const addressWord = /^!?(?:anywhere|[\w.:-]+(?:\/[\w.:]+)?)$/

const count = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : parseSize(text, 'decimal')

/** The words of a row, sorted into its columns. */
type Columns = {
  readonly counters: readonly string[]
  readonly target: string | undefined
  readonly protocol: string
  readonly rest: readonly string[]
}

// Columns stand in one order, but line numbers, counters, the target and (for IPv6 before 1.8.9) the fragment mark may be absent.
const columnsOf = (words: readonly string[]): Columns | undefined => {
  const marked = words.slice(0, 6).findIndex(isFragment)
  const unmarked = words.slice(0, 5).findIndex(word => /^!?[a-z]/.test(word) && protocolWord.test(word))
  const at = marked > 0 ? marked - 1 : unmarked
  const protocol = words[at]
  if (protocol === undefined || !protocolWord.test(protocol)) return undefined
  const before = words.slice(0, at)
  const counters = before.filter(word => /^\d+[KMGTP]?$/.test(word))
  const target = before[counters.length]
  if (before.length > counters.length + 1) return undefined
  return { counters, target, protocol, rest: words.slice(marked > 0 ? marked + 1 : at + 1) }
}

const afterWord = (text: string, pattern: RegExp): string | undefined => pattern.exec(text)?.[1]

const portsIn = (match: string, side: 'd' | 's') =>
  portRanges(afterWord(match, new RegExp(String.raw`(?:^|\s)${side}p(?:ts?:|orts )(!?[\w,:-]+)`)))

const translation = /(?:^|\s)(?:to:|redir ports )(\S+)/

const detailsOf = (text: string) => {
  const comment = /\/\* (.*?) \*\//.exec(text)
  const match = comment === null ? text : text.replace(comment[0], '')
  return {
    sourcePorts: portsIn(match, 's'),
    destinationPorts: portsIn(match, 'd'),
    states: afterWord(match, /(?:^|[^!] |^ )(?:ct)?state ([A-Z,]+)/)?.split(',') ?? [],
    comment: comment?.[1],
    rejectWith: afterWord(match, /reject-with (\S+)/),
    translatedTo: afterWord(match, translation),
    match:
      match
        .replace(/reject-with \S+/, '')
        .replace(translation, '')
        .trim() || 'any',
  }
}

const everywhere = (text: string, family: string): string => {
  if (text !== 'anywhere') return text
  return family === 'ip6' ? '::/0' : '0.0.0.0/0'
}

const onlyNamed = (name: string | undefined): string | undefined => (name === '*' ? undefined : name)

const ruleOf = (text: string, place: ListingPlace, position: number): FirewallRule | undefined => {
  const columns = columnsOf(text.trim().split(/\s+/))
  if (columns === undefined) return undefined
  const { counters, target, protocol, rest } = columns
  const verbose = counters.length > 1
  const [incoming, outgoing] = verbose ? rest : []
  const [source = '', destination = '', ...details] = verbose ? rest.slice(2) : rest
  if (!addressWord.test(source) || !addressWord.test(destination)) return undefined
  const [bytes, packets, number] = counters.toReversed()
  return {
    ...place,
    position: Number((verbose ? number : bytes) ?? position),
    target,
    protocol: protocolName(protocol),
    source: everywhere(source, place.family),
    destination: everywhere(destination, place.family),
    inInterface: onlyNamed(incoming),
    outInterface: onlyNamed(outgoing),
    ...detailsOf(details.join(' ')),
    packets: verbose ? count(packets) : undefined,
    bytes: verbose ? count(bytes) : undefined,
  }
}

const chainOf = (match: RegExpExecArray, { family, table }: ListingPlace): FactValue => {
  const [, name = '', policy, packets, bytes, references] = match
  return firewallChain({
    family,
    table,
    name,
    policy,
    packets: count(packets),
    bytes: count(bytes),
    references: references === undefined ? undefined : Number(references),
  })
}

/** Chains and rules of a listing (`iptables -L`); rows that a filter left without their header belong to `place`. */
export const readListing = (lines: readonly TextLine[], place: ListingPlace): Firewall => {
  const chains: Located<FactValue>[] = []
  const rules: Located<FactValue>[] = []
  let chain = place.chain
  let position = 0
  for (const { number, text } of lines) {
    const header = chainPattern.exec(text)
    const isRow = header === null && !/^[-[:]/.test(text)
    const rule = isRow ? ruleOf(text, { ...place, chain }, position + 1) : undefined
    if (header !== null) {
      chains.push({ line: number, value: chainOf(header, place) })
      chain = header[1] ?? ''
      position = 0
    }
    if (rule !== undefined) {
      position = rule.position
      rules.push({ line: number, value: ruleFact(rule) })
    }
  }
  return { chains, rules }
}
