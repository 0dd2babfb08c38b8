import { mainAddressOf } from '../relations/find-machine.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'

/** An entry of a machine's neighbour table; without a `mac` nobody has answered. */
export type Neighbour = {
  readonly address: string
  readonly device: string
  readonly mac: string | undefined
  readonly state: 'REACHABLE' | 'STALE' | 'FAILED'
}

const GATEWAY_MAC = '00:50:56:f0:00:01'

/** Whom a machine has asked for on its wire: the gateway and the other machines. */
export const neighboursOf = (world: World, host: Machine): readonly Neighbour[] => {
  const device = host.interfaces.find(({ kind }) => kind === 'ethernet')
  if (device === undefined || !device.isUp) return []
  const gateway: Neighbour = {
    address: world.fabric.gateway,
    device: device.name,
    mac: GATEWAY_MAC,
    state: 'STALE',
  }
  const near = [...world.machines.values()].filter(machine => machine !== host)
  const others = near.map((machine): Neighbour => {
    const wire = machine.interfaces.find(({ kind }) => kind === 'ethernet')
    const answers = machine.isPowered && wire?.isUp === true && wire.hasCarrier && device.hasCarrier
    return {
      address: mainAddressOf(machine),
      device: device.name,
      mac: answers ? wire.mac : undefined,
      state: answers ? 'REACHABLE' : 'FAILED',
    }
  })
  return [gateway, ...others]
}
