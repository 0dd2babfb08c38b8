import { operandsOf } from '../command/options.ts'
import { type Located, listFact, nothing, record } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import type { CommandWords, FactValue, Parsed, Parser, ParserInput } from '../types.ts'

const title = /^(\d+): ([^:@\s]+)(?:@(\S+))?: <([^>]*)>(.*)$/
const brief = /^(\S+?)(?:@(\S+))?\s+(UP|DOWN|UNKNOWN|LOWERLAYERDOWN|DORMANT|NOTPRESENT|TESTING)\s*(.*)$/

const word = (text: string, name: string): string | undefined =>
  new RegExp(`\\b${name} (\\S+)`).exec(text)?.[1]

const number = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text)

const addressOf = (text: string): FactValue | undefined => {
  const match = /^\s*(?:inet6?|peer) ([\da-fA-F.:]+)(?: peer [\d.]+)?(?:\/(\d+))?(.*)$/.exec(text)
  if (match === null) return undefined
  const [, address = '', prefix, rest = ''] = match
  const family = address.includes(':') ? 'inet6' : 'inet'
  return record({ address, prefixLength: number(prefix), family, scope: word(rest, 'scope') })
}

// `vxlan id 1 local 10.1.0.2 dev eth0 srcport 0 0 dstport 8472`
const vxlanOf = (text: string): FactValue | undefined =>
  /\bvxlan id \d+/.test(text)
    ? record({
        id: number(word(text, 'id')),
        local: word(text, 'local'),
        port: number(word(text, 'dstport')),
      })
    : undefined

// The figures of `ip -s` stand on the line below their titles.
const counters = (lines: readonly TextLine[], direction: 'RX' | 'TX') => {
  const index = lines.findIndex(line => line.text.trim().startsWith(`${direction}:`))
  const titles = lines[index]?.text.trim().split(/\s+/).slice(1) ?? []
  const cells = lines[index + 1]?.text.trim().split(/\s+/) ?? []
  const at = (name: string): number | undefined => number(index < 0 ? undefined : cells[titles.indexOf(name)])
  return { bytes: at('bytes'), packets: at('packets'), errors: at('errors'), dropped: at('dropped') }
}

const interfaceOf = (lines: readonly TextLine[]): FactValue => {
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
    master: word(rest, 'master'),
    mac: /link\/ether ([\da-f:]{17})/.exec(text)?.[1],
    addresses: lines.flatMap(line => addressOf(line.text) ?? []),
    vxlan: vxlanOf(text),
    receivedErrors: received.errors,
    receivedDropped: received.dropped,
    sentErrors: sent.errors,
    sentDropped: sent.dropped,
  })
}

const fullRows = (lines: readonly TextLine[]): readonly Located<FactValue>[] => {
  const starts = lines.flatMap((line, index) => (title.test(line.text) ? [index] : []))
  return starts.map((start, index) => ({
    line: lines[start]?.number ?? 0,
    value: interfaceOf(lines.slice(start, starts[index + 1])),
  }))
}

const briefRows = (lines: readonly TextLine[]): readonly Located<FactValue>[] =>
  lines.flatMap(({ number: line, text }) => {
    const match = brief.exec(text)
    if (match === null) return []
    const [, name = '', parent, state = '', rest = ''] = match
    const mac = /^[\da-f:]{17}\b/.exec(rest)?.[0]
    const addresses =
      mac === undefined ? rest.split(/\s+/).flatMap(cell => addressOf(`inet ${cell}`) ?? []) : []
    return [{ line, value: record({ name, parent, up: state !== 'DOWN', state, mac, addresses }) }]
  })

const parse = ({ stdout }: ParserInput): Parsed => {
  const lines = linesOf(stdout)
  const rows = fullRows(lines)
  const found = rows.length > 0 ? rows : briefRows(lines)
  return found.length === 0 ? nothing : listFact('interfaces', found)
}

const shows = (argv: CommandWords): boolean => {
  const [object = ''] = operandsOf(argv, ['-n', '-netns', '-f', '-family'])
  return object !== '' && ['address', 'addr', 'link'].some(name => name.startsWith(object))
}

/** Network interfaces with addresses, state and error counts: `ip addr`, `ip link`, with -s, -d, -br. */
export const ipAddress: Parser = {
  name: 'ip-address',
  gives: ['interfaces'],
  recognises: argv => argv[0] === 'ip' && shows(argv),
  recognisesText: text => linesOf(text).some(line => title.test(line.text)),
  parse,
}
