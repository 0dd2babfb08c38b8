import { mainAddressOf } from '../relations/find-machine.ts'
import type { Route } from '../world/network.ts'
import type { Obstacle } from './obstacle.ts'
import type { Station } from './station.ts'

/** What a sender meets whose machine has no route, or one that leads nowhere; `undefined` for a route that leads on. A pod hears nothing of its machine's black holes. */
export const refusedRoute = (start: Station, route: Route | undefined): Obstacle | undefined => {
  const by = mainAddressOf(start.host)
  if (route === undefined) return { kind: 'network-unreachable' }
  if (route.refusal === 'unreachable') return { kind: 'host-unreachable', by }
  if (route.refusal === 'prohibit') return { kind: 'rejected', answer: 'icmp-admin-prohibited', by }
  if (route.refusal === undefined) return undefined
  return start.sandbox === undefined ? { kind: 'black-hole' } : { kind: 'lost' }
}
