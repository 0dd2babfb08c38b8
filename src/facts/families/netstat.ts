import { hasLong, hasShort } from '../command/options.ts'
import { combine, type Located, listFact, nothing, record, singleFact } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import type { CommandWords, FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { ifconfig } from './ifconfig.ts'
import { kernelRoutes } from './kernel-routes.ts'
import { netstatSockets } from './netstat-sockets.ts'

const interfaceHeader = /^Iface\s+MTU\s/

const interfaceRows = (lines: readonly TextLine[]): readonly Located<FactValue>[] => {
  const header = lines.findIndex(({ text }) => interfaceHeader.test(text))
  const titles = lines[header]?.text.trim().split(/\s+/) ?? []
  if (header < 0) return []
  return lines.slice(header + 1).flatMap(({ number, text }) => {
    const cells = text.trim().split(/\s+/)
    const at = (title: string): number => Number(cells[titles.indexOf(title)])
    if (cells.length !== titles.length) return []
    const value = record({
      name: cells[0],
      mtu: at('MTU'),
      receivedPackets: at('RX-OK'),
      receivedErrors: at('RX-ERR'),
      receivedDropped: at('RX-DRP'),
      sentPackets: at('TX-OK'),
      sentErrors: at('TX-ERR'),
      sentDropped: at('TX-DRP'),
    })
    return [{ line: number, value }]
  })
}

const counterOf = (text: string): readonly [string, number] | undefined => {
  const [, before, after] = /^\s+(\d+) (\S.*)$/.exec(text) ?? []
  if (before !== undefined && after !== undefined) return [after, Number(before)]
  const [, name, value] = /^\s+(\S.*?): (\d+)$/.exec(text) ?? []
  return name === undefined ? undefined : [name, Number(value)]
}

const counters = (lines: readonly TextLine[]): Parsed => {
  const groups: Record<string, Record<string, number>> = {}
  let group: Record<string, number> | undefined
  for (const { text } of lines) {
    const name = /^(\w+):$/.exec(text)?.[1]
    const counter = counterOf(text)
    if (name !== undefined) group = groups[name] = {}
    else if (group !== undefined && counter !== undefined) group[counter[0]] = counter[1]
  }
  const first = lines.find(({ text }) => /^\w+:$/.test(text))
  return first === undefined ? nothing : singleFact('networkCounters', { line: first.number, value: groups })
}

const socketHeader = /^Proto\s+(?:Recv-Q\s+Send-Q\s+Local Address|RefCnt\s+Flags\s+Type\s)/m

// `netstat -c` and `watch` print the table again and again.
const onceOnly = (rows: readonly Located<FactValue>[], stdout: string): readonly Located<FactValue>[] => {
  const titles = stdout.match(/^Active (?:Internet|UNIX)/gm) ?? []
  if (new Set(titles).size === titles.length) return rows
  return [...new Map(rows.map(row => [JSON.stringify(row.value), row])).values()]
}

const sockets = ({ stdout, exitCode }: ParserInput): Parsed => {
  const rows = onceOnly(netstatSockets(linesOf(stdout)), stdout)
  const none = socketHeader.test(stdout) || (stdout.trim() === '' && exitCode === 1)
  return rows.length > 0 || none ? listFact('sockets', rows) : nothing
}

const ifAny = (name: string, rows: readonly Located<FactValue>[]): Parsed =>
  rows.length === 0 ? nothing : listFact(name, rows)

const asks = (argv: CommandWords, letter: string, long: string): boolean =>
  hasShort(argv, letter) || hasLong(argv, long)

const parse = (input: ParserInput): Parsed => {
  const { argv, stdout } = input
  const lines = linesOf(stdout)
  const isRoute = argv[0] === 'route' || asks(argv, 'r', 'route')
  const filteredAway = stdout.trim() === '' && input.exitCode === 1
  if (isRoute && filteredAway) return listFact('routes', [])
  if (isRoute || /^Destination\s+Gateway\s+Genmask/m.test(stdout)) return ifAny('routes', kernelRoutes(lines))
  if (/^\S+:? +(?:flags=|Link encap:)/m.test(stdout)) return ifconfig.parse(input)
  if (asks(argv, 'i', 'interfaces')) return ifAny('interfaces', interfaceRows(lines))
  if (asks(argv, 's', 'statistics')) return counters(lines)
  return combine([sockets(input), ifAny('interfaces', interfaceRows(lines))])
}

/** Sockets, routes (-r; `route` too), interfaces (-i) and protocol counters (-s): `netstat` of net-tools and busybox. */
export const netstat: Parser = {
  name: 'netstat',
  gives: ['sockets', 'routes', 'interfaces', 'networkCounters'],
  recognises: argv =>
    argv[0] === 'netstat' || (argv[0] === 'route' && argv.slice(1).every(word => word.startsWith('-'))),
  recognisesText: text => socketHeader.test(text) || /^Destination\s+Gateway\s+Genmask\s+Flags/m.test(text),
  parse,
}
