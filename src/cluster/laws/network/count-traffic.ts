import type { Machine } from '../../world/machine.ts'
import type { NetworkInterface } from '../../world/network.ts'
import type { World } from '../../world/world.ts'
import type { Law } from '../law.ts'

const SECOND_MS = 1_000
const rates: Readonly<Record<string, number>> = {
  loopback: 100,
  ethernet: 140,
  vxlan: 45,
  ipip: 45,
  veth: 8,
  bridge: 40,
  tunnel: 10,
}
const BYTES_A_PACKET = 310

/** What an API server and its etcd say to each other in a second, where they share a machine. */
const ETCD_RATE = 190
const SENT_SHARE = 0.92

const rateOf = (world: World, machine: Machine, kind: string): number => {
  const hasEtcd = kind === 'loopback' && world.etcd.members.some(member => member.machine === machine.name)
  return (rates[kind] ?? 0) + (hasEtcd ? ETCD_RATE : 0)
}

/** Counts what interfaces of a machine carry in so many seconds; what goes over the loopback arrives whole. */
export const countInterfaces = (
  world: World,
  machine: Machine,
  { interfaces, seconds }: { readonly interfaces: readonly NetworkInterface[]; readonly seconds: number },
): void => {
  for (const device of interfaces) {
    if (!device.isUp || !device.hasCarrier) continue
    const packets = Math.round(rateOf(world, machine, device.kind) * seconds)
    const sent = device.kind === 'loopback' ? packets : Math.round(packets * SENT_SHARE)
    device.received.packets += packets
    device.received.bytes += packets * BYTES_A_PACKET
    device.sent.packets += sent
    device.sent.bytes += sent * BYTES_A_PACKET
  }
}

/** The counters of interfaces go on as time passes. */
export const countTraffic: Law = (world, passedMs) => {
  if (passedMs === 0) return
  const seconds = passedMs / SECOND_MS
  for (const machine of world.machines.values())
    if (machine.isPowered) countInterfaces(world, machine, { interfaces: machine.interfaces, seconds })
}
