import type { Machine } from '../world/machine.ts'
import type { NetworkInterface, Route } from '../world/network.ts'
import { isInNetwork, networkOf, readNetwork } from './addresses.ts'

/** A machine's interface by name. */
export const interfaceOf = (machine: Machine, name: string): NetworkInterface | undefined =>
  machine.interfaces.find(candidate => candidate.name === name)

/** Whether an interface carries packets: up, and with a carrier where it has a cable. */
export const isWorking = (candidate: NetworkInterface | undefined): boolean =>
  candidate?.isUp === true && candidate.hasCarrier

const lengthOf = ({ to }: Route): number => (to === 'default' ? 0 : (readNetwork(to)?.length ?? 0))

/** The routes that the kernel uses: those over interfaces that are up. Going down takes an interface's routes away. */
export const liveRoutes = (machine: Machine): readonly Route[] =>
  machine.routes.filter(route => route.device === '' || interfaceOf(machine, route.device)?.isUp === true)

/** The route that a packet to an address takes: the longest match, then the smallest metric. */
export const findRoute = (machine: Machine, address: string): Route | undefined =>
  liveRoutes(machine)
    .filter(route => isInNetwork(address, route.to))
    .sort((a, b) => lengthOf(b) - lengthOf(a) || (a.metric ?? 0) - (b.metric ?? 0))[0]

/** The address that a machine sends from to another. */
export const sourceFor = (machine: Machine, address: string): string => {
  const route = findRoute(machine, address)
  const device = interfaceOf(machine, route?.device ?? '')
  return route?.source ?? device?.addresses[0]?.split('/')[0] ?? '127.0.0.1'
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
