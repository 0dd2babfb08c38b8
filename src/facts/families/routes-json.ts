import { listFact, nothing, record } from '../parsed.ts'
import type { FactValue, Parsed } from '../types.ts'
import { at, listAt, numberAt, parseJson, textAt, textsAt } from './json-value.ts'

const routeOf = (route: unknown, hop: unknown): FactValue => {
  const flags = [...textsAt(route, 'flags'), ...textsAt(hop, 'flags')]
  return record({
    destination: textAt(route, 'dst'),
    kind: textAt(route, 'type'),
    gateway: textAt(hop, 'gateway') ?? textAt(hop, 'via', 'host'),
    device: textAt(hop, 'dev'),
    source: textAt(route, 'prefsrc'),
    metric: numberAt(route, 'metric'),
    protocol: textAt(route, 'protocol'),
    scope: textAt(route, 'scope'),
    table: textAt(route, 'table'),
    weight: numberAt(hop, 'weight'),
    down: flags.includes('linkdown') || flags.includes('dead') ? true : undefined,
  })
}

/** The routes of `ip -j route`; one over several gateways becomes one route each. */
export const routesFromJson = (stdout: string): Parsed => {
  const document = parseJson(stdout)
  if (!Array.isArray(document)) return nothing
  const rows = document.flatMap(route => {
    if (textAt(route, 'dst') === undefined) return []
    const hops = at(route, 'nexthops') === undefined ? [route] : listAt(route, 'nexthops')
    return hops.map(hop => ({ line: 1, value: routeOf(route, hop) }))
  })
  return rows.length > 0 || document.length === 0 ? listFact('routes', rows) : nothing
}
