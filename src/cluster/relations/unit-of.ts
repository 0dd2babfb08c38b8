import type { Machine } from '../world/machine.ts'
import type { Unit } from '../world/unit.ts'

/** The unit that runs a kind of service on a machine, whatever its distribution calls it; `undefined` where none does. */
export const unitOf = ({ units }: Pick<Machine, 'units'>, service: string): Unit | undefined => {
  for (const unit of units.values()) if (unit.service === service) return unit
  return undefined
}

/** The machine whose systemd runs a unit that a process belongs to: a host sees the processes of its Planet too. */
export const managerOf = (machine: Machine, unit: Unit): Machine =>
  machine.planet?.units.get(unit.name) === unit ? machine.planet : machine
