import { type Located, listFact, nothing, record } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { prefixLength } from './kernel-routes.ts'

const title = /^(\S+?):?\s+(?:flags=\d+<([^>]*)>|Link encap:)/

const capture = (text: string, pattern: RegExp): string | undefined => pattern.exec(text)?.[1]

const numberIn = (text: string, pattern: RegExp): number | undefined => {
  const digits = capture(text, pattern)
  return digits === undefined ? undefined : Number(digits)
}

// `inet 10.1.0.11  netmask 255.255.255.0`, before net-tools 2 and in busybox `inet addr:10.1.0.11  Bcast:… Mask:255.255.255.0`
const addressesIn = (text: string): readonly FactValue[] => {
  const old = [...text.matchAll(/inet addr:([\d.]+).*?Mask:([\d.]+)/g)]
  const recent = [...text.matchAll(/inet ([\d.]+) {2}netmask ([\d.]+)/g)]
  const six = [...text.matchAll(/inet6 (?:addr: )?([\da-f:]+)(?:\/| {2}prefixlen )(\d+)/g)]
  return [
    ...[...old, ...recent].map(([, address = '', mask = '']) => ({
      address,
      prefixLength: prefixLength(mask),
      family: 'inet',
    })),
    ...six.map(([, address = '', length]) => ({ address, prefixLength: Number(length), family: 'inet6' })),
  ]
}

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
    addresses: addressesIn(text),
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
  return rows.length === 0 ? nothing : listFact('interfaces', rows)
}

/** Network interfaces: `ifconfig` of net-tools old and new and of busybox. */
export const ifconfig: Parser = {
  name: 'ifconfig',
  gives: ['interfaces'],
  recognises: argv => argv[0] === 'ifconfig' && !argv.some(word => word === 'up' || word === 'down'),
  recognisesText: text => /^\S+\s+Link encap:|^\S+: flags=\d+<[A-Z,]*> {2}mtu \d+/m.test(text),
  parse,
}
