import { mainAddressOf } from '../relations/find-machine.ts'
import type { Route } from '../world/network.ts'
import type { Station } from './station.ts'

/** A router that a packet passes on its way: how far it is, and its address where it tells it. */
export type Router = { readonly address: string | undefined; readonly latencyMs: number }

/** Those of the site's provider, behind its gateway. */
const provider: readonly Router[] = [
  { address: '198.51.100.1', latencyMs: 3.1 },
  { address: undefined, latencyMs: 0 },
]

/** The gateway of a route, where it has one. */
export const gatewayOf = (route: Route | undefined): readonly Router[] =>
  route?.via === undefined ? [] : [{ address: route.via, latencyMs: 0.42 }]

/** The routers from a stack to a host that is none of the cluster's machines, in their order: none for a neighbour on its own link. */
export const routersOf = (
  start: Station,
  { route, isNear }: { readonly route: Route; readonly isNear: boolean },
): readonly Router[] => [
  ...(start.sandbox === undefined ? [] : [{ address: mainAddressOf(start.host), latencyMs: 0.05 }]),
  ...gatewayOf(route),
  ...(isNear ? [] : provider),
]
