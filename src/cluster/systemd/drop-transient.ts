import { removePath } from '../files/file-tree.ts'
import type { Machine } from '../world/machine.ts'
import type { Unit } from '../world/unit.ts'
import { TRANSIENT } from './unit-sources.ts'

/** Forgets a unit that is done, where nobody wrote a file for it. */
export const dropTransient = ({
  machine,
  unit,
}: {
  readonly machine: Machine
  readonly unit: Unit
}): void => {
  if (!unit.fragmentPath.startsWith(`${TRANSIENT}/`)) return
  removePath(machine.files, unit.fragmentPath)
  machine.units.delete(unit.name)
}
