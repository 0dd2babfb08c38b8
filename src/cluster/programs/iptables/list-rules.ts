import { nameOfPort } from '../../network/port-names.ts'
import type { FirewallChain, FirewallRule } from '../../world/network.ts'

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
  while (shown > 99_999 && unit < units.length - 1) {
    shown = Math.round(shown / 1000)
    unit += 1
  }
  return `${shown}${units[unit]}`
}

const portText = (port: string, { isNumeric }: Listing): string =>
  isNumeric ? port : (nameOfPort(Number(port)) ?? port)

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

const commentText = ([, quoted, bare = '']: RegExpExecArray): string => quoted?.replaceAll('\\"', '"') ?? bare

/** A match of the save form in the words of a listing: `-m udp --dport 8472` as `udp dpt:8472`. */
const matchText = (rule: FirewallRule, listing: Listing): string => {
  const { matches } = rule
  const parts: string[] = []
  const [, port] = /(?<!s)--dport\s+(\S+)/.exec(matches) ?? []
  const shownPort = port ?? (rule.destinationPort === undefined ? undefined : String(rule.destinationPort))
  const comment = /--comment\s+(?:"((?:[^"\\]|\\.)*)"|(\S+))/.exec(matches)
  if (
    comment !== null &&
    matches.indexOf('--comment') < (matches.includes('--dport') ? matches.indexOf('--dport') : Infinity)
  )
    parts.push(`/* ${commentText(comment)} */`)
  if (shownPort !== undefined)
    parts.push(`${rule.protocol} ${shownPort.includes(':') ? 'dpts' : 'dpt'}:${portText(shownPort, listing)}`)
  const [, ports] = /--dports\s+(\S+)/.exec(matches) ?? []
  if (ports !== undefined) parts.push(`multiport dports ${ports}`)
  const [, not, states] = /(!\s+)?--ctstate\s+(\S+)/.exec(matches) ?? []
  if (states !== undefined) parts.push(`${not === undefined ? '' : '! '}ctstate ${states}`)
  const [, state] = /--state\s+(\S+)/.exec(matches) ?? []
  if (state !== undefined) parts.push(`state ${state}`)
  const [, notMark, mark] = /(!\s+)?--mark\s+(\S+)/.exec(matches) ?? []
  if (mark !== undefined) parts.push(`mark match ${notMark === undefined ? '' : '! '}${mark}`)
  const [, set] = /--match-set\s+(\S+\s+\S+)/.exec(matches) ?? []
  if (set !== undefined) parts.push(`match-set ${set}`)
  const [, type] = /--dst-type\s+(\S+)/.exec(matches) ?? []
  if (type !== undefined) parts.push(`ADDRTYPE match dst-type ${type}`)
  const [, probability] = /--probability\s+(\S+)/.exec(matches) ?? []
  if (probability !== undefined) parts.push(`statistic mode random probability ${probability}`)
  if (comment !== null && !parts.some(part => part.startsWith('/*')))
    parts.push(`/* ${commentText(comment)} */`)
  return parts.join(' ')
}

const optionText = ({ targetOptions }: FirewallRule): string =>
  targetOptions
    .replace(/--reject-with\s+/, 'reject-with ')
    .replace(/--to-destination\s+/, 'to:')
    .replace(/--set-xmark\s+(\S+)\/\S+/, 'MARK or $1')
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
  const goto = rule.isGoto === true ? '[goto] ' : ' '
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
