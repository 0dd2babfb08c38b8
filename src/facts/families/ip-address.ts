import { operandsOf } from '../command/options.ts'
import { type Located, listFact, nothing, record } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import { parseSize } from '../text/size.ts'
import type { CommandWords, FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { addressRows, interfaceAddress, isAddressRow, unfolded } from './interface-address.ts'
import { interfacesFromJson } from './interfaces-json.ts'

/** What a listing is about: addresses of interfaces or the interfaces alone. */
type Shown = 'addresses' | 'links'

const objectOf = (argv: CommandWords): string => operandsOf(argv, ['-n', '-netns', '-f', '-family'])[0] ?? ''

const title = /^(\d+): ([^:@\s]+)(?:@(\S+))?: <([^>]*)>(.*)$/
const brief = /^([^\s@]+)(?:@(\S+))?\s+(UP|DOWN|UNKNOWN|LOWERLAYERDOWN|DORMANT|NOTPRESENT|TESTING)\s*(.*)$/

const word = (text: string, name: string): string | undefined =>
  new RegExp(`\\b${name} (\\S+)`).exec(text)?.[1]

const number = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text)

// `vxlan id 1 local 10.1.0.2 dev eth0 srcport 0 0 dstport 8472`
const vxlanOf = (text: string): FactValue | undefined =>
  /\bvxlan id \d+/.test(text)
    ? record({
        id: number(word(text, 'id')),
        local: word(text, 'local'),
        device: /\bvxlan id .*? dev (\S+)/.exec(text)?.[1],
        port: number(word(text, 'dstport')),
      })
    : undefined

const kindPattern =
  /^\s+(vxlan|bridge|veth|vlan|bond|dummy|ipip|sit|gre|gretap|geneve|tun|wireguard|macvlan|ipvlan|vrf|openvswitch)\b/

// The figures of `ip -s` stand on the line below their titles.
const counters = (lines: readonly TextLine[], direction: 'RX' | 'TX') => {
  const index = lines.findIndex(line => line.text.trim().startsWith(`${direction}:`))
  const titles = lines[index]?.text.trim().split(/\s+/).slice(1) ?? []
  const cells = lines[index + 1]?.text.trim().split(/\s+/) ?? []
  const at = (name: string): number | undefined =>
    index < 0 ? undefined : parseSize(cells[titles.indexOf(name)] ?? '', 'decimal')
  return { bytes: at('bytes'), packets: at('packets'), errors: at('errors'), dropped: at('dropped') }
}

// `ip link` shows no addresses, which says nothing about whether there are any.
const addressesOf = (lines: readonly TextLine[], shown: Shown): readonly FactValue[] | undefined => {
  const addresses = lines.flatMap(line => interfaceAddress(line.text) ?? [])
  return shown === 'links' && addresses.length === 0 ? undefined : addresses
}

const interfaceOf = (lines: readonly TextLine[], shown: Shown): FactValue => {
  const [, index, name = '', parent, flags = '', rest = ''] = title.exec(lines[0]?.text ?? '') ?? []
  const text = lines.map(line => line.text).join('\n')
  const received = counters(lines, 'RX')
  const sent = counters(lines, 'TX')
  return record({
    name,
    index: number(index),
    parent,
    up: flags.split(',').includes('UP'),
    carrier: flags.split(',').includes('LOWER_UP'),
    state: word(rest, 'state'),
    mtu: number(word(rest, 'mtu')),
    queueDiscipline: word(rest, 'qdisc'),
    master: word(rest, 'master'),
    mac: /link\/ether ([\da-f:]{17})/.exec(text)?.[1],
    addresses: addressesOf(lines, shown),
    kind: lines.map(line => kindPattern.exec(line.text)?.[1]).find(kind => kind !== undefined),
    vxlan: vxlanOf(text),
    receivedBytes: received.bytes,
    receivedPackets: received.packets,
    receivedErrors: received.errors,
    receivedDropped: received.dropped,
    sentBytes: sent.bytes,
    sentPackets: sent.packets,
    sentErrors: sent.errors,
    sentDropped: sent.dropped,
  })
}

const fullRows = (lines: readonly TextLine[], shown: Shown): readonly Located<FactValue>[] => {
  const starts = lines.flatMap((line, index) => (title.test(line.text) ? [index] : []))
  return starts.map((start, index) => ({
    line: lines[start]?.number ?? 0,
    value: interfaceOf(lines.slice(start, starts[index + 1]), shown),
  }))
}

// Without its flags an interface that is down may have been switched off or merely lack a carrier.
const briefState = (state: string, flags: string | undefined) => {
  const words = flags?.split(',')
  return {
    up: words?.includes('UP') ?? (state === 'DOWN' ? undefined : true),
    carrier: words?.includes('LOWER_UP'),
  }
}

// `10.0.0.5/24 metric 100 10.0.0.1 peer 10.0.0.2/32`: what belongs to an address stands behind it.
const briefAddresses = (text: string): readonly FactValue[] =>
  text
    .replace(/ metric \d+/g, '')
    .split(/(?<! peer)\s+(?!peer )/)
    .flatMap(cell => interfaceAddress(`inet ${cell}`) ?? [])

const briefRow = ({ number: line, text }: TextLine): readonly Located<FactValue>[] => {
  const [, name, parent, state = '', rest = ''] = brief.exec(text) ?? []
  if (name === undefined) return []
  const [, mac, flags] = /^(?:([\da-f]{2}(?::[\da-f]{2})+|[\d.]+) )?<([^>]*)>/.exec(rest) ?? []
  const cells = briefAddresses(rest)
  const own =
    flags === undefined ? { addresses: cells } : { mac: /^(?:00:){5}00$/.test(mac ?? '') ? undefined : mac }
  return [{ line, value: record({ name, parent, ...briefState(state, flags), state, ...own }) }]
}

const shownBy = (argv: CommandWords, stdout: string): Shown => {
  if (argv.length === 0) return /^[ \t]+inet6? /m.test(stdout) ? 'addresses' : 'links'
  return 'link'.startsWith(objectOf(argv)) ? 'links' : 'addresses'
}

const parse = ({ argv, stdout }: ParserInput): Parsed => {
  const lines = linesOf(stdout)
  const forms = [
    () => (stdout.trimStart().startsWith('[') ? interfacesFromJson(stdout) : []),
    () => fullRows(unfolded(lines), shownBy(argv, stdout)),
    () => addressRows(lines),
    () => lines.flatMap(briefRow),
  ]
  for (const form of forms) {
    const rows = form()
    if (rows.length > 0) return listFact('interfaces', rows)
  }
  return nothing
}

const shows = (argv: CommandWords): boolean => {
  const object = objectOf(argv)
  return object !== '' && ['address', 'addr', 'link'].some(name => name.startsWith(object))
}

/** Network interfaces with addresses, state and error counts: `ip addr`, `ip link`, with -s, -d, -br, -o, -j. */
export const ipAddress: Parser = {
  name: 'ip-address',
  gives: ['interfaces'],
  recognises: argv => argv[0] === 'ip' && shows(argv),
  recognisesText: text =>
    /^\s*\[\s*\{\s*"ifindex"\s*:/.test(text) ||
    linesOf(text).some(line => title.test(line.text) || isAddressRow(line.text)),
  parse,
}
