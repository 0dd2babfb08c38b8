import { type Located, record } from '../parsed.ts'
import type { FactValue } from '../types.ts'

/** A record that a name server gave; `type` and `ttl` are not known from short forms. */
export type DnsAnswer = {
  readonly name?: string | undefined
  readonly type?: string | undefined
  readonly ttl?: number | undefined
  readonly value: string
}

/** One question to a name server and what became of it. */
export type DnsQuery = {
  readonly line: number
  readonly name: string | undefined
  readonly type?: string | undefined
  readonly server?: string | undefined
  readonly status?: string | undefined
  readonly error?: string | undefined
  readonly answers: readonly DnsAnswer[]
  readonly queryMs?: number | undefined
}

/** A name without the dot at its end. */
export const withoutDot = (name: string | undefined): string | undefined =>
  name === undefined || name === '.' ? name : name.replace(/\.$/, '')

const isAddress = ({ value }: DnsAnswer): boolean =>
  /^\d+\.\d+\.\d+\.\d+$/.test(value) || /^[\da-f:]*:[\da-f:.]+$/i.test(value)

/** The fact that a query is. */
export const queryFact = (query: DnsQuery): Located<FactValue> => ({
  line: query.line,
  value: record({
    name: withoutDot(query.name),
    type: query.type,
    server: query.server,
    status: query.status,
    error: query.error,
    addresses: query.answers.filter(isAddress).map(answer => answer.value),
    answers: query.answers.map(record),
    queryMs: query.queryMs,
  }),
})

const silences: readonly (readonly [RegExp, string])[] = [
  [/communications error to \S+: connection refused|^nslookup: .*refused/, 'connection refused'],
  [/failed: network unreachable|communications error to \S+: network unreachable/, 'network unreachable'],
  [/communications error to \S+: host unreachable|failed: host unreachable/, 'host unreachable'],
  [
    /(?:connection|communications error to \S+:|;;) timed out|no servers could be reached|no response from server/,
    'timed out',
  ],
]

/** Why no name server answered, when a line says so. */
export const silenceOf = (text: string): string | undefined =>
  silences.find(([pattern]) => pattern.test(text))?.[1]
