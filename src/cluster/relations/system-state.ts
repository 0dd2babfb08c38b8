import type { Machine } from '../world/machine.ts'

/** What `systemctl is-system-running` says: degraded as soon as one unit has failed, maintenance while it is brought down for repairs. */
export const systemStateOf = (machine: Machine): 'running' | 'degraded' | 'maintenance' =>
  ['rescue.target', 'emergency.target'].some(name => machine.units.get(name)?.active === 'active')
    ? 'maintenance'
    : [...machine.units.values()].some(({ active }) => active === 'failed')
      ? 'degraded'
      : 'running'
