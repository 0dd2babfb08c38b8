import type { NetworkInterface } from '../../world/network.ts'
import type { Law } from '../law.ts'

const SECOND_MS = 1_000
const rates: Readonly<Record<string, number>> = {
  loopback: 900,
  ethernet: 140,
  vxlan: 45,
  ipip: 45,
  veth: 8,
  bridge: 40,
  tunnel: 10,
}
const BYTES_A_PACKET = 310

/** Counts what interfaces carry in so many seconds. */
export const countInterfaces = (interfaces: readonly NetworkInterface[], seconds: number): void => {
  for (const device of interfaces) {
    if (!device.isUp || !device.hasCarrier) continue
    const packets = Math.round((rates[device.kind] ?? 0) * seconds)
    device.received.packets += packets
    device.received.bytes += packets * BYTES_A_PACKET
    device.sent.packets += Math.round(packets * 0.92)
    device.sent.bytes += Math.round(packets * 0.92) * BYTES_A_PACKET
  }
}

/** The counters of interfaces go on as time passes. */
export const countTraffic: Law = (world, passedMs) => {
  if (passedMs === 0) return
  for (const machine of world.machines.values())
    if (machine.isPowered) countInterfaces(machine.interfaces, passedMs / SECOND_MS)
}
