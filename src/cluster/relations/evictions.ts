import type { Machine } from '../world/machine.ts'
import { kubeletUnitOf } from './cluster-hosts.ts'

const signals: Readonly<Record<string, string>> = {
  memory: 'memory.available',
  'ephemeral-storage': 'nodefs.available',
  inodes: 'nodefs.inodesFree',
  pids: 'pid.available',
}

const prefixOf = (machine: Machine): string => `evictions/${kubeletUnitOf(machine)?.startedMs ?? 0}/`

/** Counts a pod that a machine's kubelet has thrown off for want of a resource. */
export const countEviction = (machine: Machine, resource: string): void => {
  const key = `${prefixOf(machine)}${signals[resource] ?? resource}`
  const { timers } = machine.runtime ?? {}
  if (timers !== undefined) timers[key] = (timers[key] ?? 0) + 1
}

/** How many pods a machine's kubelet has thrown off since its start, by what was short. */
export const evictionsOf = (
  machine: Machine,
): readonly { readonly signal: string; readonly count: number }[] => {
  const prefix = prefixOf(machine)
  return Object.entries(machine.runtime?.timers ?? {}).flatMap(([key, count]) =>
    key.startsWith(prefix) ? [{ signal: key.slice(prefix.length), count }] : [],
  )
}
