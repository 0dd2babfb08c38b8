import { operandsOf } from '../command/options.ts'
import { listFact, nothing, record } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'

// `32765:	from 10.9.0.0/24 to 10.0.0.0/8 fwmark 0x1 iif eth0 lookup 100`
const ruleOf = (text: string): FactValue | undefined => {
  const [, priority, rest = ''] = /^(\d+):\s+(.*)$/.exec(text) ?? []
  const words = rest.split(/\s+/)
  const at = (name: string): string | undefined => words[words.indexOf(name) + 1 || words.length]
  if (priority === undefined || !words.includes('from')) return undefined
  const action = ['blackhole', 'unreachable', 'prohibit'].find(word => words.includes(word))
  return record({
    priority: Number(priority),
    inverted: words[0] === 'not' ? true : undefined,
    source: at('from'),
    destination: at('to'),
    mark: at('fwmark'),
    device: at('iif'),
    outputDevice: at('oif'),
    table: at('lookup'),
    action,
  })
}

const parse = ({ stdout }: ParserInput): Parsed => {
  const rows = linesOf(stdout).flatMap(({ number, text }) => {
    const value = ruleOf(text)
    return value === undefined ? [] : [{ line: number, value }]
  })
  return rows.length === 0 ? nothing : listFact('routingRules', rows)
}

/** Which routing table counts for which packets: `ip rule`. */
export const ipRule: Parser = {
  name: 'ip-rule',
  gives: ['routingRules'],
  recognises: argv => argv[0] === 'ip' && /^ru(?:l|le)?$/.test(operandsOf(argv, ['-f', '-family'])[0] ?? ''),
  recognisesText: text => /^\d+:\s+(?:not )?from \S+ .*lookup \S+/m.test(text),
  parse,
}
