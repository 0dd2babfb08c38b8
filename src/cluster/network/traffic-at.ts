import { mainAddressOf } from '../relations/find-machine.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import type { Established } from './established.ts'
import { filterPacket } from './filter-packet.ts'

/** What a rejected or accepted overlay packet from a peer looks like, and the answer to it. */
const overlayLines = (world: World, host: Machine): readonly string[] => {
  const tunnel = host.interfaces.find(device => device.kind === 'vxlan' && device.isUp)
  const port = tunnel?.vxlan?.port
  if (port === undefined) return []
  const own = mainAddressOf(host)
  const device = host.interfaces.find(one => one.kind === 'ethernet')?.name ?? ''
  const peers = [...world.machines.values()].filter(
    machine =>
      machine !== host && machine.isPowered && machine.interfaces.some(one => one.vxlan?.port === port),
  )
  return peers.flatMap(peer => {
    const source = mainAddressOf(peer)
    const packet = {
      protocol: 'udp',
      source,
      destination: own,
      port,
      inInterface: device,
      outInterface: '',
    } as const
    const verdict = filterPacket(host, 'INPUT', packet)
    const arriving = `IP ${source}.${48_000 + ((source.length * 97) % 9_000)} > ${own}.${port}: OTV, flags [I] (0x08), overlay 0, instance ${tunnel?.vxlan?.id ?? 1}`
    return verdict.kind === 'reject'
      ? [arriving, `IP ${own} > ${source}: ICMP ${own} udp port ${port} unreachable, length 142`]
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
