import { hasOption } from '../command/options.ts'
import { combine, type Located, listFact, nothing, singleFact } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { ifconfig } from './ifconfig.ts'
import { interfaceCounters } from './interface-counters.ts'
import { kernelRoutes } from './kernel-routes.ts'
import { netstatSockets } from './netstat-sockets.ts'

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

const isCounters = (text: string): boolean =>
  /^(?:Ip|Tcp|Udp|IcmpMsg|Icmp):\n +(?:\d+ [a-z]|[A-Z]\w+: \d)/m.test(text)

const parse = (input: ParserInput): Parsed => {
  const { argv, stdout } = input
  const lines = linesOf(stdout)
  const isRoute = argv[0] === 'route' || hasOption(argv, 'r', 'route')
  const filteredAway = stdout.trim() === '' && input.exitCode === 1
  if (isRoute && filteredAway) return listFact('routes', [])
  if (isRoute || /^Destination\s+(?:Gateway\s+Genmask|Next Hop)/m.test(stdout))
    return ifAny('routes', kernelRoutes(lines))
  if (/^\S+:? +(?:flags=|Link encap:)/m.test(stdout)) return ifconfig.parse(input)
  if (hasOption(argv, 'i', 'interfaces')) return ifAny('interfaces', interfaceCounters(lines))
  if (hasOption(argv, 's', 'statistics') || (argv.length === 0 && isCounters(stdout))) return counters(lines)
  return combine([sockets(input), ifAny('interfaces', interfaceCounters(lines))])
}

/** Sockets, routes (-r; `route` too), interfaces (-i) and protocol counters (-s): `netstat` of net-tools and busybox. */
export const netstat: Parser = {
  name: 'netstat',
  gives: ['sockets', 'routes', 'interfaces', 'networkCounters'],
  recognises: argv =>
    argv[0] === 'netstat' || (argv[0] === 'route' && argv.slice(1).every(word => word.startsWith('-'))),
  recognisesText: text =>
    socketHeader.test(text) ||
    /^Destination\s+(?:Gateway\s+Genmask\s+Flags|Next Hop\s+Flag)|^Iface\s+MTU\s/m.test(text) ||
    isCounters(text),
  parse,
}
