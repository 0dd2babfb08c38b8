import { combine, type Located, listFact, nothing, record, singleFact } from '../parsed.ts'
import { parseInstant } from '../text/instant.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { portNumber } from './service-ports.ts'

// Facts are kept with the session, so of a long capture only its newest part.
const KEPT = 500

const timePattern = /^(\d{4}-\d\d-\d\d )?(\d\d:\d\d:\d\d\.\d+) (.*)$/
const placePattern = /^(\S+)\s+(In|Out|B|M|P|\?)\s+(.*)$/
const peersPattern = /(?:^|[ :])(IP6?|ARP|length \d+:)?,? ?(\S+) > (\S+): (.*)$/

type Peer = { readonly address: string; readonly port: number | undefined }

// The port stands behind the last dot, as a number or as the name of a service.
const peerOf = (text: string): Peer => {
  const dot = text.lastIndexOf('.')
  const port = dot < 0 ? undefined : portNumber(text.slice(dot + 1))
  const isBareAddress = /^\d+\.\d+\.\d+\.\d+$/.test(text)
  return port === undefined || isBareAddress
    ? { address: text, port: undefined }
    : { address: text.slice(0, dot), port }
}

const statuses: Readonly<Record<string, string>> = {
  ServFail: 'SERVFAIL',
  NXDomain: 'NXDOMAIN',
  Refused: 'REFUSED',
  FormErr: 'FORMERR',
  NotImp: 'NOTIMP',
}

// A question: `46573+ A? name. (60)`; an answer: `46573 ServFail 0/0/0 (60)`, `46573* 1/0/0 A 10.96.0.1 (87)`.
const dnsOf = (info: string) => {
  const [, askedId, type, name] = /^(\d+)[+%*-]* (?:\[\S+\] )?([A-Z]+)\? (\S+?)\.? /.exec(info) ?? []
  if (askedId !== undefined) return { dns: 'query', dnsId: Number(askedId), dnsType: type, dnsName: name }
  const [, id, status] =
    /^(\d+)[*|$-]{0,4} ?([A-Z][A-Za-z]+)?[*|$-]{0,4} ?(?:q: .*? )?\d+\/\d+\/\d+/.exec(info) ?? []
  return id === undefined
    ? {}
    : { dns: 'answer', dnsId: Number(id), dnsStatus: statuses[status ?? ''] ?? status ?? 'NOERROR' }
}

const lengthOf = (info: string): number | undefined => {
  const digits = /length (\d+)$/.exec(info)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

const packetOf = (text: string): FactValue | undefined => {
  const [, day, clock, behind = ''] = timePattern.exec(text) ?? []
  if (clock === undefined) return undefined
  const [, device, direction, placed] = placePattern.exec(behind) ?? []
  const rest = placed ?? behind
  const time = day === undefined ? clock : parseInstant(day + clock)
  const where = { time, interface: device, direction: direction?.toLowerCase() }
  if (/^(?:\S+ )*ARP, /.test(rest))
    return record({ ...where, protocol: 'ARP', info: rest.replace(/^.*?ARP, /, '') })
  const [, protocol, from, to, info = ''] = peersPattern.exec(rest) ?? []
  if (from === undefined || to === undefined) return undefined
  const [source, destination] = [peerOf(from), peerOf(to)]
  return record({
    ...where,
    protocol: protocol?.startsWith('IP') ? protocol : 'IP',
    source: source.address,
    sourcePort: source.port,
    destination: destination.address,
    destinationPort: destination.port,
    tcpFlags: /^Flags \[([^\]]*)\]/.exec(info)?.[1],
    ...dnsOf(info),
    length: lengthOf(info),
    info,
  })
}

const packets = (lines: readonly TextLine[]): readonly Located<FactValue>[] =>
  lines.slice(-KEPT).flatMap(({ number, text }) => {
    const value = packetOf(text)
    return value === undefined ? [] : [{ line: number, value }]
  })

const totals = (text: string): Parsed => {
  const at = (pattern: RegExp): number | undefined => {
    const digits = pattern.exec(text)?.[1]
    return digits === undefined ? undefined : Number(digits)
  }
  const captured = at(/^(\d+) packets? captured/m)
  if (captured === undefined) return nothing
  const value = record({
    captured,
    received: at(/^(\d+) packets? received/m),
    dropped: at(/^(\d+) packets? dropped by kernel/m),
  })
  return singleFact('capture', { line: 0, value })
}

const parse = ({ stdout, stderr }: ParserInput): Parsed => {
  const rows = packets(linesOf(stdout))
  const total = totals(`${stderr}\n${stdout}`)
  const none = /^0 packets captured/m.test(`${stderr}\n${stdout}`)
  return combine([rows.length > 0 || none ? listFact('packets', rows) : nothing, total])
}

/** Packets that were seen: `tcpdump` with -n, -i any, -e, -tttt; questions and answers of DNS are told apart. */
export const tcpdump: Parser = {
  name: 'tcpdump',
  gives: ['packets', 'capture'],
  recognises: argv => argv[0] === 'tcpdump' && !argv.includes('-w'),
  recognisesText: text =>
    /^(?:\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d\.\d{6} (?:\S+\s+(?:In|Out|B|M|P)\s+)?(?:IP6?|ARP,) /m.test(text),
  parse,
}
