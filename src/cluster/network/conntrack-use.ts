import type { Machine } from '../world/machine.ts'

/** Connections of a machine's own programs, and of the clients that come and go. */
const BASE = 180
const PER_CONTAINER = 6

/** The size of the table: net.netfilter.nf_conntrack_max, where 0 sets no limit. */
const trackedLimitOf = (machine: Machine): number =>
  Number(machine.sysctls.get('net.netfilter.nf_conntrack_max') ?? 262_144) || Number.POSITIVE_INFINITY

/** The connections that a machine tracks, its own and those of its pods; never more than the table holds. */
export const trackedOf = (machine: Machine): number => {
  const containers = (machine.runtime ?? machine.planet?.runtime)?.containers.length ?? 0
  return Math.min(BASE + containers * PER_CONTAINER, trackedLimitOf(machine))
}

/** Whether new connections are dropped because the table is full. */
export const isConntrackFull = (machine: Machine): boolean => trackedOf(machine) >= trackedLimitOf(machine)
