import { operandsOf } from '../command/options.ts'
import { type Located, listFact, nothing, record } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import { unsigned32 } from '../text/number.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { routesFromJson } from './routes-json.ts'

const kinds = [
  'unicast',
  'local',
  'broadcast',
  'multicast',
  'anycast',
  'unreachable',
  'blackhole',
  'prohibit',
  'throw',
  'nat',
]
const address = /^(?:default|[0-9a-fA-F:.]+(?:\/\d+)?)$/

const isRoute = (words: readonly string[]): boolean => {
  const [first = '', second = ''] = words
  const destination = kinds.includes(first) ? second : first
  return address.test(destination) && /default|[.:]/.test(destination)
}

// Values stand behind their names: `via 10.0.0.1 dev eth0 metric 100`.
const valuesOf = (words: readonly string[]): ReadonlyMap<string, string> =>
  new Map(words.map((word, index) => [word, words[index + 1] ?? '']))

const routeOf = (words: readonly string[]): FactValue => {
  const [first = '', second = ''] = words
  const kind = kinds.includes(first) ? first : undefined
  const values = valuesOf(words)
  const metric = values.get('metric')
  const from = values.get('from')
  return record({
    destination: kind === undefined ? first : second,
    kind,
    gateway: values.get('via')?.replace(/^inet6?$/, '') || undefined,
    device: values.get('dev'),
    source: values.get('src') ?? (from === '::' || from === 'all' ? undefined : from),
    // busybox prints a large metric as a negative number.
    metric: metric === undefined ? undefined : unsigned32(Number(metric)),
    protocol: values.get('proto'),
    scope: values.get('scope'),
    table: values.get('table'),
    weight: values.has('weight') ? Number(values.get('weight')) : undefined,
    down: words.includes('linkdown') || words.includes('dead') ? true : undefined,
  })
}

const nexthop = /^\s+nexthop\s/

// A route over several gateways names them on lines of their own, or behind backslashes with -o; each becomes a route to the same
// destination.
const withNexthops = (lines: readonly TextLine[]): readonly TextLine[] => {
  const cut = lines.flatMap(({ number, text }) => text.split('\\').map(part => ({ number, text: part })))
  let head = ''
  return cut.flatMap(({ number, text }, index) => {
    if (nexthop.test(text)) return [{ number, text: `${head} ${text.trim()}` }]
    head = text.trim()
    return nexthop.test(cut[index + 1]?.text ?? '') ? [] : [{ number, text }]
  })
}

const hasWayOut = (words: readonly string[]): boolean =>
  words.includes('dev') || words.includes('via') || kinds.includes(words[0] ?? '')

const parse = ({ stdout, exitCode }: ParserInput): Parsed => {
  if (/^\s*\[/.test(stdout)) return routesFromJson(stdout)
  const rows: readonly Located<FactValue>[] = withNexthops(linesOf(stdout)).flatMap(({ number, text }) => {
    const words = text.trim().split(/\s+/)
    return isRoute(words) && hasWayOut(words) ? [{ line: number, value: routeOf(words) }] : []
  })
  const none = stdout.trim() === '' && (exitCode === 0 || exitCode === 1)
  return rows.length > 0 || none ? listFact('routes', rows) : nothing
}

const isRouteWord = (word: string | undefined): boolean =>
  word !== undefined && word.length > 0 && ('route'.startsWith(word) || word === 'routes')

/** The routing table: `ip route`, `ip -6 route`, `ip route show|get`, -j, multipath included. No output means no route. */
export const ipRoute: Parser = {
  name: 'ip-route',
  gives: ['routes'],
  recognises: argv => argv[0] === 'ip' && isRouteWord(operandsOf(argv, ['-n', '-netns', '-f', '-family'])[0]),
  recognisesText: text =>
    /^(?:unicast )?(?:default via \S+ dev \S+|[\da-f.:]+\/\d+ (?:via \S+ )?dev \S+ )/m.test(text),
  parse,
}
