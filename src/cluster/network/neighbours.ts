import { mainAddressOf } from '../relations/find-machine.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { stateOfSilent } from './silence.ts'

/** An entry of a machine's neighbour table; without a `mac` nobody has answered. */
export type Neighbour = {
  readonly address: string
  readonly device: string
  readonly mac: string | undefined
  readonly state: 'REACHABLE' | 'STALE' | 'DELAY' | 'PROBE' | 'FAILED' | 'PERMANENT'
}

/** Another end of a tunnel as an overlay's agent has entered it: by its address inside, with the machine behind it. */
export type TunnelEnd = {
  readonly address: string
  readonly device: string
  readonly mac: string
  readonly outside: string
}

/** The other ends that a machine's tunnels know: those that its routes lead to. */
export const tunnelEndsOf = (world: World, host: Machine): readonly TunnelEnd[] => {
  const tunnels = new Set(host.interfaces.filter(({ kind }) => kind === 'vxlan').map(({ name }) => name))
  return host.routes.flatMap(({ via, device }) => {
    if (via === undefined || !tunnels.has(device)) return []
    const peer = [...world.machines.values()].find(({ interfaces }) =>
      interfaces.some(end => end.addresses.includes(`${via}/32`)),
    )
    const mac = peer?.interfaces.find(({ addresses }) => addresses.includes(`${via}/32`))?.mac
    return peer === undefined || mac === undefined
      ? []
      : [{ address: via, device, mac, outside: mainAddressOf(peer) }]
  })
}

/** The card of the site's gateway. */
export const GATEWAY_MAC = '00:50:56:f0:00:01'

/** Whom a machine has asked for on its wire: the gateway and the other machines. */
const askedNeighbours = (world: World, host: Machine): readonly Neighbour[] => {
  const inside = tunnelEndsOf(world, host).map(
    ({ address, device, mac }): Neighbour => ({ address, device, mac, state: 'PERMANENT' }),
  )
  const device = host.interfaces.find(({ kind }) => kind === 'ethernet')
  if (device === undefined || !device.isUp) return inside
  const gateway: Neighbour = {
    address: world.fabric.gateway,
    device: device.name,
    mac: GATEWAY_MAC,
    state: 'STALE',
  }
  const near = [...world.machines.values()].filter(machine => machine !== host)
  const others = near.map((machine): Neighbour => {
    const wire = machine.interfaces.find(({ kind }) => kind === 'ethernet')
    const answers = machine.isPowered && wire?.isUp === true && wire.hasCarrier
    const told = answers ? 'REACHABLE' : stateOfSilent(world, machine)
    const state = device.hasCarrier ? told : 'FAILED'
    return {
      address: mainAddressOf(machine),
      device: device.name,
      mac: state === 'FAILED' ? undefined : wire?.mac,
      state,
    }
  })
  return [gateway, ...others, ...inside]
}

/** A machine's table of neighbours: what it was told by hand, and whom it has asked for on its wire. */
export const neighboursOf = (world: World, host: Machine): readonly Neighbour[] => {
  const own = (host.neighbours ?? []).map((entry): Neighbour => ({ ...entry, state: 'PERMANENT' }))
  const isOwn = ({ address, device }: Neighbour): boolean =>
    own.some(entry => entry.address === address && entry.device === device)
  return [...own, ...askedNeighbours(world, host).filter(entry => !isOwn(entry))]
}

/** Whether a device of a machine is up and on a wire. */
export const isOnWire = ({ interfaces }: Machine, device: string): boolean =>
  interfaces.some(({ name, isUp, hasCarrier }) => name === device && isUp && hasCarrier)
