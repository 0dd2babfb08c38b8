import { mainAddressOf } from '../relations/find-machine.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import type { Established } from './established.ts'
import { filterPacket } from './filter-packet.ts'
import type { FilterVerdict } from './packet.ts'

/** Packets of a tunnel that go one way between a machine and another, and what the machine's own filter says of them. */
export type TunnelFlow = {
  readonly from: string
  readonly to: string
  readonly sourcePort: number
  readonly port: number
  readonly verdict: FilterVerdict
}

const portFrom = (source: string): number => 48_000 + ((source.length * 97) % 9_000)

/** What comes and goes in a machine's VXLAN tunnel: a flow to each of the others, and one from each. */
export const tunnelFlows = (world: World, host: Machine): readonly TunnelFlow[] => {
  const port = host.interfaces.find(({ kind, isUp }) => kind === 'vxlan' && isUp)?.vxlan?.port
  if (port === undefined) return []
  const own = mainAddressOf(host)
  const device = host.interfaces.find(one => one.kind === 'ethernet')?.name ?? ''
  const flow = (from: string, to: string): TunnelFlow => {
    const isComing = to === own
    const devices = { inInterface: isComing ? device : '', outInterface: isComing ? '' : device }
    const packet = { protocol: 'udp', source: from, destination: to, port, ...devices } as const
    const verdict = filterPacket(host, isComing ? 'INPUT' : 'OUTPUT', packet)
    return { from, to, sourcePort: portFrom(from), port, verdict }
  }
  return [...world.machines.values()]
    .filter(
      machine =>
        machine !== host && machine.isPowered && machine.interfaces.some(one => one.vxlan?.port === port),
    )
    .map(mainAddressOf)
    .flatMap(peer => [flow(peer, own), flow(own, peer)])
}

/** What a rejected or accepted overlay packet from a peer looks like, and the answer to it. */
const overlayLines = (world: World, host: Machine): readonly string[] => {
  const own = mainAddressOf(host)
  const id = host.interfaces.find(({ kind, isUp }) => kind === 'vxlan' && isUp)?.vxlan?.id ?? 1
  return tunnelFlows(world, host)
    .filter(({ to }) => to === own)
    .flatMap(({ from, sourcePort, port, verdict }) => {
      const arriving = `IP ${from}.${sourcePort} > ${own}.${port}: OTV, flags [I] (0x08), overlay 0, instance ${id}`
      return verdict.kind === 'reject'
        ? [arriving, `IP ${own} > ${from}: ICMP ${own} udp port ${port} unreachable, length 142`]
        : [arriving]
    })
}

/** The packets that a machine would see within a second: its open connections, tries without answer, and its overlay. */
export const trafficAt = (
  world: World,
  host: Machine,
  sockets: readonly Established[],
): readonly string[] => [
  ...sockets.map(({ state, localAddress, localPort, peerAddress, peerPort }, index) =>
    state === 'ESTAB'
      ? `IP ${localAddress}.${localPort} > ${peerAddress}.${peerPort}: Flags [P.], seq ${1 + index}:${40 + index}, ack 1, win 501, length 39`
      : `IP ${localAddress}.${localPort} > ${peerAddress}.${peerPort}: Flags [S], seq ${3_141_592 + index}, win 64240, options [mss 1460,sackOK], length 0`,
  ),
  ...overlayLines(world, host),
]
