import type { Machine } from '../world/machine.ts'

const PER_POD = 14
const BASE = 90

/** The connections that a machine tracks: those of its pods and its own, and what beside them; never more than the table holds. */
export const trackedOf = (machine: Machine): number => {
  const pods = (machine.runtime ?? machine.planet?.runtime)?.sandboxes.length ?? 0
  const wanted = BASE + pods * PER_POD + machine.trackedConnections
  return Math.min(wanted, trackedLimitOf(machine))
}

/** The size of the table: net.netfilter.nf_conntrack_max. */
export const trackedLimitOf = (machine: Machine): number =>
  Number(machine.sysctls.get('net.netfilter.nf_conntrack_max') ?? 262_144)

/** Whether new connections are dropped because the table is full. */
export const isConntrackFull = (machine: Machine): boolean => trackedOf(machine) >= trackedLimitOf(machine)
