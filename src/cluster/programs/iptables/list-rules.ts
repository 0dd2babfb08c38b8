import type { FirewallChain, FirewallRule } from '../../world/network.ts'
import { matchText } from './match-text.ts'

/** How rules are listed: with counters, with numbers for lines, names of ports or numbers. */
export type Listing = {
  readonly isVerbose: boolean
  readonly hasNumbers: boolean
  readonly isExact: boolean
  readonly isNumeric: boolean
}

const units = ['', 'K', 'M', 'G', 'T']

const counter = (value: number, { isExact }: Listing): string => {
  if (isExact) return String(value)
  let shown = value
  let unit = 0
  while (shown > (unit === 0 ? 99_999 : 9_999) && unit < units.length - 1) {
    shown = Math.round(shown / 1000)
    unit += 1
  }
  return `${shown}${units[unit]}`
}

const protocolText = (protocol: string): string => (protocol === '' ? 'all' : protocol)

const negated = (value: string, shown: (plain: string) => string): string =>
  value.startsWith('! ') ? `!${shown(value.slice(2))}` : shown(value)

const networkText = (network: string, { isNumeric }: Listing): string =>
  negated(network, plain =>
    plain === '' || plain === '0.0.0.0/0'
      ? isNumeric
        ? '0.0.0.0/0'
        : 'anywhere'
      : plain.replace(/\/32$/, ''),
  )

const interfaceText = (name: string): string => negated(name, plain => (plain === '' ? '*' : plain))

const hex = (value: number): string => `0x${value.toString(16)}`

/** What MARK does, as it prints it: which bits it sets, or leaves. */
const markText = (value: number, mask: number): string => {
  if (value === 0) return `MARK and ${hex(~mask >>> 0)}`
  if (value === mask) return `MARK or ${hex(value)}`
  return mask === 0 ? `MARK xor ${hex(value)}` : `MARK xset ${hex(value)}/${hex(mask)}`
}

const optionText = ({ targetOptions }: FirewallRule): string =>
  targetOptions
    .replace(/--reject-with\s+/, 'reject-with ')
    .replace(/--to-destination\s+/, 'to:')
    .replace(/--set-xmark\s+(\w+)\/(\w+)/, (_whole, value, mask) => markText(Number(value), Number(mask)))
    .replace(/--random-fully/, 'random-fully')

const verboseRow = (rule: FirewallRule, listing: Listing): string =>
  [
    counter(rule.packets, listing).padStart(5),
    counter(rule.bytes, listing).padStart(5),
    rule.target.padEnd(10),
    protocolText(rule.protocol).padEnd(4),
    '-- ',
    interfaceText(rule.inInterface).padEnd(6),
    interfaceText(rule.outInterface).padEnd(7),
    networkText(rule.source, listing).padEnd(20),
    networkText(rule.destination, listing).padEnd(20),
  ].join(' ')

const plainRow = (rule: FirewallRule, listing: Listing): string =>
  [
    rule.target.padEnd(10),
    protocolText(rule.protocol).padEnd(4),
    '-- ',
    networkText(rule.source, listing).padEnd(20),
    networkText(rule.destination, listing).padEnd(20),
  ].join(' ')

const rowOf = (rule: FirewallRule, listing: Listing, number: number): string => {
  const columns = listing.isVerbose ? verboseRow(rule, listing) : plainRow(rule, listing)
  const goto = rule.isGoto === true ? '[goto]  ' : ' '
  const more = [matchText(rule, listing), optionText(rule)].filter(text => text !== '').join(' ')
  const shown = `${columns}${goto}${more}`.trimEnd()
  return listing.hasNumbers ? `${String(number).padEnd(4)} ${shown}` : shown
}

const titles = ({ isVerbose, hasNumbers }: Listing): string => {
  const columns = isVerbose
    ? ' pkts bytes target     prot opt in     out     source               destination         '
    : 'target     prot opt source               destination         '
  return hasNumbers ? `num  ${columns}` : columns
}

/** A chain as `iptables -L` prints it. `references` counts the rules that lead to it. */
export const listChain = (chain: FirewallChain, listing: Listing, references: number): string => {
  const counters = listing.isVerbose
    ? ` ${counter(chain.packets, listing)} packets, ${counter(chain.bytes, listing)} bytes`
    : ''
  const head =
    chain.policy === undefined
      ? `Chain ${chain.name} (${references} references)`
      : `Chain ${chain.name} (policy ${chain.policy}${counters})`
  const rows = chain.rules.map((rule, index) => rowOf(rule, listing, index + 1))
  return [head, titles(listing), ...rows].map(line => `${line}\n`).join('')
}
