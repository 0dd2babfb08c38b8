import { mainAddressOf } from '../relations/find-machine.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { isWorking } from './find-route.ts'
import type { Obstacle } from './obstacle.ts'
import { unheardMs } from './silence.ts'

const ethernetOf = (machine: Machine) => machine.interfaces.find(i => i.kind === 'ethernet')

const isCut = (world: World, a: Machine, b: Machine): boolean =>
  world.fabric.cutLinks.some(
    ([one, other]) => (one === a.name && other === b.name) || (one === b.name && other === a.name),
  )

/** What a packet of some size between two machines of the site meets on the wire; `undefined` when it arrives. */
export const crossWire = (
  world: World,
  { from, to, bytes }: { readonly from: Machine; readonly to: Machine; readonly bytes: number },
): Obstacle | undefined => {
  const source = ethernetOf(from)
  if (source !== undefined && bytes > source.mtu)
    return { kind: 'too-big', mtu: source.mtu, by: mainAddressOf(from) }
  if (!to.isPowered || !isWorking(ethernetOf(to)))
    return { kind: 'host-unreachable', by: mainAddressOf(from), afterMs: unheardMs(world, to) }
  if (source !== undefined && !source.hasCarrier) return { kind: 'host-unreachable', by: mainAddressOf(from) }
  if (isCut(world, from, to)) return { kind: 'lost' }
  if (bytes > world.fabric.pathMtu) return { kind: 'lost' }
  return undefined
}
