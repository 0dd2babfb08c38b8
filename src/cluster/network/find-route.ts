import type { Machine } from '../world/machine.ts'
import type { NetworkInterface, Route } from '../world/network.ts'
import { isInNetwork, networkOf, readNetwork } from './addresses.ts'
import { type Asked, actionsFor } from './routing-rules.ts'

/** A machine's interface by name. */
export const interfaceOf = (machine: Machine, name: string): NetworkInterface | undefined =>
  machine.interfaces.find(candidate => candidate.name === name)

/** Whether an interface carries packets: up, and with a carrier where it has a cable. */
export const isWorking = (candidate: NetworkInterface | undefined): boolean =>
  candidate?.isUp === true && candidate.hasCarrier

const lengthOf = ({ to }: Route): number => (to === 'default' ? 0 : (readNetwork(to)?.length ?? 0))

/** The routes of a table that the kernel uses: those over interfaces that are up. Going down takes an interface's routes away. */
const liveRoutes = (machine: Machine, routes: readonly Route[] = machine.routes): readonly Route[] =>
  routes.filter(route => route.device === '' || interfaceOf(machine, route.device)?.isUp === true)

const placeOf = ({ to }: Route): number => (to === 'default' ? 0 : (readNetwork(to)?.address ?? 0))

/** The routes of a table as the kernel lists them: by address, at the same one the longer prefix first. */
export const listRoutes = (machine: Machine, routes: readonly Route[] = machine.routes): readonly Route[] =>
  liveRoutes(machine, routes).toSorted(
    (a, b) => placeOf(a) - placeOf(b) || lengthOf(b) - lengthOf(a) || (a.metric ?? 0) - (b.metric ?? 0),
  )

const bestIn = (machine: Machine, routes: readonly Route[], address: string): Route | undefined =>
  liveRoutes(machine, routes)
    .filter(route => isInNetwork(address, route.to))
    .sort((a, b) => lengthOf(b) - lengthOf(a) || (a.metric ?? 0) - (b.metric ?? 0))[0]

/** The table that a rule names, as `ip rule` prints the name. */
const tableOf = ({ routes, routeTables }: Machine, name: string): readonly Route[] =>
  /^(main|254)$/.test(name) ? routes : (routeTables?.get(name) ?? [])

const refusing = (refusal: NonNullable<Route['refusal']>): Route => ({
  to: 'default',
  via: undefined,
  device: '',
  protocol: 'boot',
  scope: 'global',
  source: undefined,
  metric: undefined,
  isOnLink: false,
  refusal,
})

/** A route, and the name of the table that it stands in. */
export type FoundRoute = { readonly route: Route; readonly table: string }

/** The route that a packet to an address takes, and its table: that of the first rule whose table has one; there the longest match, then the smallest metric. */
export const lookUpRoute = (machine: Machine, address: string, asked: Asked = {}): FoundRoute | undefined => {
  for (const action of actionsFor(machine, { ...asked, address })) {
    if (action === 'blackhole' || action === 'unreachable' || action === 'prohibit')
      return { route: refusing(action), table: 'main' }
    const table = action.replace('lookup ', '')
    const route = bestIn(machine, tableOf(machine, table), address)
    if (route !== undefined) return { route, table }
  }
  return undefined
}

/** The route that a packet to an address takes. */
export const findRoute = (machine: Machine, address: string, asked: Asked = {}): Route | undefined =>
  machine.routingRules === undefined
    ? bestIn(machine, machine.routes, address)
    : lookUpRoute(machine, address, asked)?.route

/** The address that a machine sends from to another. */
export const sourceFor = (machine: Machine, target: string): string => {
  const route = findRoute(machine, target)
  if (route === undefined) return '127.0.0.1'
  const device = interfaceOf(machine, route.device)
  // An interface without an address of its own borrows that of another.
  const lender = machine.interfaces.find(
    each => each.kind !== 'loopback' && each.isUp && each.addresses.length > 0,
  )
  const [address] = [...(device?.addresses ?? []), ...(lender?.addresses ?? []), '127.0.0.1/8']
  return route.source ?? address?.split('/')[0] ?? '127.0.0.1'
}

/** The routes that the kernel makes for the addresses of an interface that is up. */
export const kernelRoutes = (device: NetworkInterface): readonly Route[] =>
  device.addresses
    .filter(address => !address.endsWith('/32'))
    .map(address => ({
      to: networkOf(address),
      via: undefined,
      device: device.name,
      protocol: 'kernel',
      scope: 'link',
      source: address.split('/')[0],
      metric: undefined,
      isOnLink: false,
    }))
