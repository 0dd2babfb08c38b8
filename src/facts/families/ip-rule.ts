import { operandsOf } from '../command/options.ts'
import { listFact, nothing, record } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { at, numberAt, parseJson, textAt } from './json-value.ts'

// `32765:	from 10.9.0.0/24 to 10.0.0.0/8 fwmark 0x1 iif eth0 lookup 100`
const ruleOf = (text: string): FactValue | undefined => {
  const [, priority, rest = ''] = /^(\d+):\s+(.*)$/.exec(text) ?? []
  const words = rest.split(/\s+/)
  const after = (name: string): string | undefined => words[words.indexOf(name) + 1 || words.length]
  if (priority === undefined || !words.includes('from')) return undefined
  const action = ['blackhole', 'unreachable', 'prohibit'].find(word => words.includes(word))
  return record({
    priority: Number(priority),
    inverted: words[0] === 'not' ? true : undefined,
    source: after('from'),
    destination: after('to'),
    mark: after('fwmark'),
    device: after('iif'),
    outputDevice: after('oif'),
    protocol: after('ipproto'),
    sourcePorts: after('sport'),
    destinationPorts: after('dport'),
    users: after('uidrange'),
    table: after('lookup'),
    action,
  })
}

const network = (rule: unknown, name: 'src' | 'dst'): string | undefined => {
  const address = textAt(rule, name)
  const length = numberAt(rule, `${name}len`)
  return address === undefined || length === undefined ? address : `${address}/${length}`
}

const range = (rule: unknown, name: string): string | undefined => {
  const [from, to] = [`${name}_start`, `${name}_end`].map(key => numberAt(rule, key))
  return from === undefined ? numberAt(rule, name)?.toString() : `${from}-${to ?? from}`
}

const mark = (rule: unknown): string | undefined => {
  const [value, mask] = [textAt(rule, 'fwmark'), textAt(rule, 'fwmask')]
  return value === undefined || mask === undefined ? value : `${value}/${mask}`
}

const ruleFromJson = (rule: unknown): FactValue =>
  record({
    priority: numberAt(rule, 'priority'),
    inverted: at(rule, 'not') === undefined ? undefined : true,
    source: network(rule, 'src'),
    destination: network(rule, 'dst'),
    mark: mark(rule),
    device: textAt(rule, 'iif'),
    outputDevice: textAt(rule, 'oif'),
    protocol: textAt(rule, 'ipproto'),
    sourcePorts: range(rule, 'sport'),
    destinationPorts: range(rule, 'dport'),
    users: range(rule, 'uid'),
    table: textAt(rule, 'table'),
    action: textAt(rule, 'action'),
  })

const fromJson = (stdout: string): Parsed => {
  const list = parseJson(stdout)
  const rules = Array.isArray(list) ? list.filter(rule => numberAt(rule, 'priority') !== undefined) : []
  return rules.length === 0
    ? nothing
    : listFact(
        'routingRules',
        rules.map(rule => ({ line: 1, value: ruleFromJson(rule) })),
      )
}

const parse = ({ stdout }: ParserInput): Parsed => {
  if (stdout.trimStart().startsWith('[')) return fromJson(stdout)
  const rows = linesOf(stdout).flatMap(({ number, text }) => {
    const value = ruleOf(text)
    return value === undefined ? [] : [{ line: number, value }]
  })
  return rows.length === 0 ? nothing : listFact('routingRules', rows)
}

/** Which routing table counts for which packets: `ip rule`, with -j too. */
export const ipRule: Parser = {
  name: 'ip-rule',
  gives: ['routingRules'],
  recognises: argv => argv[0] === 'ip' && /^ru(?:l|le)?$/.test(operandsOf(argv, ['-f', '-family'])[0] ?? ''),
  recognisesText: text => /^\d+:\s+(?:not )?from \S+ .*lookup \S+/m.test(text),
  parse,
}
