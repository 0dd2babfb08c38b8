import type { Machine } from '../world/machine.ts'

/** What `systemctl is-system-running` says: degraded as soon as one unit has failed. */
export const systemStateOf = (machine: Machine): 'running' | 'degraded' =>
  [...machine.units.values()].some(({ active }) => active === 'failed') ? 'degraded' : 'running'
