import type { Machine } from '../world/machine.ts'

/** Connections of a machine's own programs, and of the clients that come and go. */
const BASE = 180
const PER_CONTAINER = 6

/** Which part of the connections is held for long; the others come and go, and give their places to new ones. */
const LASTING_SHARE = 0.8

/** The size of the table: net.netfilter.nf_conntrack_max, where 0 sets no limit. */
const trackedLimitOf = (machine: Machine): number =>
  Number(machine.sysctls.get('net.netfilter.nf_conntrack_max') ?? 262_144) || Number.POSITIVE_INFINITY

/** The connections that a machine's programs and pods would have. */
const wantedOf = (machine: Machine): number =>
  BASE + ((machine.runtime ?? machine.planet?.runtime)?.containers.length ?? 0) * PER_CONTAINER

/** The connections that a machine tracks, its own and those of its pods; never more than the table holds. */
export const trackedOf = (machine: Machine): number => Math.min(wantedOf(machine), trackedLimitOf(machine))

/** Whether new connections find the table full. */
export const isConntrackFull = (machine: Machine): boolean => wantedOf(machine) >= trackedLimitOf(machine)

/** Which part of new connections finds no place in the table: none while it has room, all once what is held for long fills it. */
export const crowdedOutShare = (machine: Machine): number => {
  const wanted = wantedOf(machine)
  const missing = wanted - trackedLimitOf(machine) + 1
  return missing <= 0 ? 0 : Math.min(1, missing / (wanted * (1 - LASTING_SHARE)))
}
