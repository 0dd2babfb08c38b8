import { serviceOf } from '../services/services.ts'
import type { World } from '../world/world.ts'
import { type Happening, sayLines } from './unit-lines.ts'

/** A unit that has started well begins its work and says so: its words are dated by its start, which may lie before the present. */
export const beginService = (world: World, at: Happening): void => {
  const { machine, unit, atMs } = at
  const self = { machine, unit, container: undefined }
  const { begin, greeting } = serviceOf(unit.service)
  begin?.(world, self)
  sayLines(at, greeting?.({ ...world, nowMs: atMs }, self) ?? [])
}
