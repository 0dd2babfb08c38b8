import { readText } from '../files/file-tree.ts'
import { settingsFiles } from '../relations/read-settings.ts'
import type { Law } from './law.ts'

/** A program that has started keeps the settings that it read, whatever becomes of the file. */
export const settingsLaw: Law = world => {
  for (const machine of world.machines.values())
    for (const [name, path] of Object.entries(settingsFiles)) {
      const unit = machine.units.get(name)
      if (unit === undefined || unit.mainPid === 0) continue
      const { startedMs } = unit
      if (unit.settings !== undefined && unit.settings.startedMs === startedMs) continue
      unit.settings = { startedMs, text: readText(machine.files, path) }
    }
}
