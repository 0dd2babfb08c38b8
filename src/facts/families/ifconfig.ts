import { type Located, listFact, nothing, record } from '../parsed.ts'
import { capture } from '../text/capture.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { interfaceCounters } from './interface-counters.ts'
import { prefixLength } from './kernel-routes.ts'

const title = /^(\S+?):?\s+(?:flags=\d+<([^>]*)>|Link encap:)/

const numberIn = (text: string, pattern: RegExp): number | undefined => {
  const digits = capture(text, pattern)
  return digits === undefined ? undefined : Number(digits)
}

// `inet 10.1.0.11  netmask 255.255.255.0`, before net-tools 2 and in busybox `inet addr:10.1.0.11  Bcast:… Mask:255.255.255.0`
const addressIn = (text: string): FactValue | undefined => {
  const address = capture(text, /^ +inet (?:addr:)?([\d.]+)/)
  const mask = capture(text, / {2}(?:netmask |Mask:)([\d.]+)/)
  if (address === undefined || mask === undefined) return undefined
  const broadcast = capture(text, / {2}(?:broadcast |Bcast:)([\d.]+)/)
  return record({
    address,
    prefixLength: prefixLength(mask),
    family: 'inet',
    peer: capture(text, / {2}(?:destination |P-t-P:)([\d.]+)/),
    broadcast: broadcast === '0.0.0.0' ? undefined : broadcast,
  })
}

const address6In = (text: string): FactValue | undefined => {
  const [, address, length] = /^ +inet6 (?:addr: )?([\da-f:]+)(?:\/| {2}prefixlen )(\d+)/.exec(text) ?? []
  const scope = capture(text, /(?: {2}scopeid \w+<| Scope:)(\w+)/)?.toLowerCase()
  return address === undefined
    ? undefined
    : record({ address, prefixLength: Number(length), family: 'inet6', scope })
}

const addressesIn = (lines: readonly TextLine[]): readonly FactValue[] =>
  lines.flatMap(({ text }) => addressIn(text) ?? address6In(text) ?? [])

const countersIn = (text: string) => {
  const sum = (direction: 'RX' | 'TX', name: string): number | undefined =>
    numberIn(text, new RegExp(String.raw`${direction} (?:packets[ :]\d+ +)?${name}[ :](\d+)`))
  const errors = (direction: 'RX' | 'TX', name: string): number | undefined =>
    numberIn(text, new RegExp(String.raw`${direction} (?:packets:\d+ )?errors[ :]\d+ +${name}[ :](\d+)`))
  return {
    receivedBytes: sum('RX', 'bytes'),
    receivedPackets: numberIn(text, /RX packets[ :](\d+)/),
    receivedErrors: sum('RX', 'errors'),
    receivedDropped: errors('RX', 'dropped'),
    sentBytes: sum('TX', 'bytes'),
    sentPackets: numberIn(text, /TX packets[ :](\d+)/),
    sentErrors: sum('TX', 'errors'),
    sentDropped: errors('TX', 'dropped'),
  }
}

const interfaceOf = (lines: readonly TextLine[]): FactValue => {
  const text = lines.map(line => line.text).join('\n')
  const [, name] = title.exec(text) ?? []
  const words = (
    capture(text, /flags=\d+<([^>]*)>/) ??
    capture(text, /^ +([A-Z][A-Z ]+?) {2}MTU:/m) ??
    ''
  ).split(/[ ,]/)
  return record({
    name,
    up: words.includes('UP'),
    carrier: words.includes('RUNNING'),
    mtu: numberIn(text, /\b(?:mtu |MTU:)(\d+)/),
    mac: capture(text, /(?:ether|HWaddr) ([\da-fA-F:]{17})/)?.toLowerCase(),
    addresses: addressesIn(lines),
    ...countersIn(text),
  })
}

const parse = ({ stdout }: ParserInput): Parsed => {
  const lines = linesOf(stdout)
  const starts = lines.flatMap(({ text }, index) => (title.test(text) ? [index] : []))
  const rows: readonly Located<FactValue>[] = starts.map((start, index) => ({
    line: lines[start]?.number ?? 0,
    value: interfaceOf(lines.slice(start, starts[index + 1])),
  }))
  const shown = rows.length > 0 ? rows : interfaceCounters(lines)
  return shown.length === 0 ? nothing : listFact('interfaces', shown)
}

/** Network interfaces: `ifconfig`, -a and -s of net-tools old and new and of busybox. */
export const ifconfig: Parser = {
  name: 'ifconfig',
  gives: ['interfaces'],
  recognises: argv => argv[0] === 'ifconfig' && !argv.some(word => word === 'up' || word === 'down'),
  recognisesText: text => /^\S+\s+Link encap:|^\S+: flags=\d+<[A-Z,]*> {2}mtu \d+/m.test(text),
  parse,
}
