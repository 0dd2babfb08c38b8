import type { Delivery } from '../../network/deliver.ts'
import { gatewayOf, type Router } from '../../network/routers-of.ts'
import type { Route } from '../../world/network.ts'

/** The routers that a packet met: all on its way to the outside, or else the gateway. */
export const routersMet = (delivery: Delivery | undefined, route: Route | undefined): readonly Router[] =>
  delivery?.kind === 'outside' ? delivery.routers : gatewayOf(route)

/** Whether it is waited for an answer that a router does not give. */
export const isSilent = ({ address }: Router): boolean => address === undefined
