import type { FactValue } from '../types.ts'
import { type PortRange, portRanges, protocolName, ruleFact } from './firewall-rule.ts'

/** Where a rule of nftables stands. */
export type NftPlace = {
  readonly family: string
  readonly table: string | undefined
  readonly chain: string
  readonly position: number
}

const capture = (text: string, pattern: RegExp): string | undefined => {
  const match = pattern.exec(text)
  return match?.[1] ?? match?.[2]
}

const verdict =
  /(?:^|\s)(?:(?:jump|goto) (\S+)|xt target "(\w+)"|(accept|drop|reject|return|queue|continue|masquerade|redirect|dnat|snat|log)\b)/g

// Logging does not end a rule, so what stands behind it decides.
const targetOf = (text: string): string | undefined => {
  const found = [...text.matchAll(verdict)].map(match => match[1] ?? match[2] ?? match[3]?.toUpperCase())
  return found.find(target => target !== 'LOG') ?? found[0]
}

const protocolOf = (text: string): string =>
  protocolName(
    capture(text, /(?:meta l4proto|ip protocol|ip6 nexthdr) (\w[\w-]*)/) ??
      capture(text, /(?:^|\s)(tcp|udp|sctp|icmp|icmpv6) (?:[ds]port|type|flags)/) ??
      'all',
  )

const operandOf = (text: string, name: string): string | undefined => {
  const match = new RegExp(String.raw`(?:^|\s)${name} (!= )?(\{[^}]*\}|\S+)`).exec(text)
  return match === null ? undefined : (match[1] === undefined ? '' : '!') + (match[2] ?? '')
}

const ports = (text: string, side: string): readonly PortRange[] =>
  portRanges(operandOf(text, `(?:tcp|udp|sctp|th) ${side}`))

const statesOf = (text: string): readonly string[] =>
  capture(text, /(?:^|\s)ct state (?:\{([^}]*)\}|(\w[\w,]*))/)
    ?.split(',')
    .map(state => state.trim().toUpperCase()) ?? []

const numberIn = (text: string, pattern: RegExp): number | undefined => {
  const digits = capture(text, pattern)
  return digits === undefined ? undefined : Number(digits)
}

// What a rule looks at stands before its counter and its verdict.
const matchOf = (text: string): string =>
  text
    .replace(/ ?counter packets \d+ bytes \d+/, '')
    .replace(/(?:^|\s)(?:accept|drop|reject|return|masquerade|redirect|dnat|snat|jump|goto)\b.*$/, '')
    .trim() || 'any'

const unquoted = (text: string | undefined): string | undefined => text?.replaceAll('"', '')

/** What an nftables rule says, as the fact that a rule of iptables would be. Sets are kept as they are printed (`@blocked`). */
export const nftRule = (line: string, place: NftPlace): FactValue => {
  const comment = capture(line, / comment "([^"]*)"/)
  const text = line.replace(/ comment "[^"]*"/, '').trim()
  const words = text.replace(/ prefix "[^"]*"/, '')
  const anywhere = place.family === 'ip6' ? '::/0' : '0.0.0.0/0'
  return ruleFact({
    ...place,
    target: targetOf(words),
    protocol: protocolOf(words),
    source: operandOf(words, 'ip6? saddr') ?? anywhere,
    destination: operandOf(words, 'ip6? daddr') ?? anywhere,
    inInterface: unquoted(operandOf(words, 'iif(?:name)?')),
    outInterface: unquoted(operandOf(words, 'oif(?:name)?')),
    sourcePorts: ports(words, 'sport'),
    destinationPorts: ports(words, 'dport'),
    states: statesOf(words),
    comment,
    rejectWith: capture(words, /(?:^|\s)reject with (.+)$/)?.replace('tcp reset', 'tcp-reset'),
    translatedTo: capture(words, /(?:^|\s)(?:[ds]nat(?: ip6?)?|redirect) to :?(\S+)/),
    match: matchOf(text),
    packets: numberIn(words, /counter packets (\d+)/),
    bytes: numberIn(words, /counter packets \d+ bytes (\d+)/),
  })
}
