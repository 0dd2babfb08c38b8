import { mainAddressOf } from '../relations/find-machine.ts'
import type { Machine } from '../world/machine.ts'
import type { NetworkInterface, Route } from '../world/network.ts'
import type { World } from '../world/world.ts'
import { crossWire } from './cross-wire.ts'
import { filterPacket } from './filter-packet.ts'
import { interfaceOf, isWorking } from './find-route.ts'
import { type Obstacle, obstacleOf } from './obstacle.ts'
import type { Packet } from './packet.ts'

const VXLAN_BYTES = 50
const IPIP_BYTES = 20

/** The tunnel device that a route leads into, if it does. */
export const tunnelTo = (machine: Machine, route: Route): NetworkInterface | undefined => {
  const device = interfaceOf(machine, route.device)
  return device?.kind === 'vxlan' || device?.kind === 'ipip' ? device : undefined
}

/** The outer packet of a tunnel between two machines. */
const outerPacket = (tunnel: NetworkInterface, from: Machine, to: Machine) => ({
  protocol: tunnel.kind === 'ipip' ? ('ipencap' as const) : ('udp' as const),
  source: mainAddressOf(from),
  destination: mainAddressOf(to),
  port: tunnel.vxlan?.port ?? 0,
})

const passesBetween = (from: Machine, to: Machine, tunnel: NetworkInterface): Obstacle | undefined => {
  const packet: Packet = { ...outerPacket(tunnel, from, to), inInterface: '', outInterface: '' }
  const device = to.interfaces.find(i => i.kind === 'ethernet')?.name ?? ''
  return (
    obstacleOf(filterPacket(from, 'OUTPUT', { ...packet, outInterface: device }), mainAddressOf(from)) ??
    obstacleOf(filterPacket(to, 'INPUT', { ...packet, inInterface: device }), mainAddressOf(to))
  )
}

const hasPeer = (to: Machine, tunnel: NetworkInterface): boolean => {
  const peer = to.interfaces.find(
    candidate =>
      candidate.kind === tunnel.kind &&
      candidate.vxlan?.port === tunnel.vxlan?.port &&
      candidate.vxlan?.id === tunnel.vxlan?.id,
  )
  return isWorking(peer)
}

/** What a packet of some size meets in the tunnel between two machines, there and back; `undefined` when it arrives. Inside, no word of a rejected outer packet reaches the sender. */
export const crossOverlay = (
  world: World,
  {
    from,
    to,
    tunnel,
    bytes,
  }: {
    readonly from: Machine
    readonly to: Machine
    readonly tunnel: NetworkInterface
    readonly bytes: number
  },
): Obstacle | undefined => {
  if (!isWorking(tunnel)) return { kind: 'host-unreachable', by: mainAddressOf(from) }
  if (bytes > tunnel.mtu)
    return { kind: 'too-big', mtu: tunnel.mtu, by: tunnel.addresses[0]?.split('/')[0] ?? '' }
  const outerBytes = bytes + (tunnel.kind === 'ipip' ? IPIP_BYTES : VXLAN_BYTES)
  const obstacle =
    passesBetween(from, to, tunnel) ??
    crossWire(world, { from, to, bytes: outerBytes }) ??
    passesBetween(to, from, tunnel)
  if (obstacle !== undefined) return { kind: 'lost' }
  return hasPeer(to, tunnel) ? undefined : { kind: 'lost' }
}
