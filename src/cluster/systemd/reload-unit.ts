import { serviceOf } from '../services/services.ts'
import type { World } from '../world/world.ts'
import { type Happening, sayLines, tell, titleOf } from './unit-lines.ts'

/** Has a unit's process read its settings anew; whether it did. One that finds them wrong goes on as it was. */
export const reloadUnit = (world: World, at: Happening): boolean => {
  const { machine, unit } = at
  tell(at, `Reloading ${titleOf(unit)}...`)
  const { isDone: isReloaded, lines } = serviceOf(unit.service).reload?.(world, {
    machine,
    unit,
    container: undefined,
  }) ?? { isDone: true, lines: [] }
  sayLines(at, lines)
  if (!isReloaded) tell(at, `${unit.name}: Control process exited, code=exited, status=1/FAILURE`, 5)
  tell(
    at,
    isReloaded ? `Reloaded ${titleOf(unit)}.` : `Reload failed for ${titleOf(unit)}.`,
    isReloaded ? 6 : 3,
  )
  return isReloaded
}
