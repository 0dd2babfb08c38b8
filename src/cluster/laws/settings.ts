import { readText } from '../files/file-tree.ts'
import { type Daemon, filesNamedBy, isAlive, settingsFiles } from '../relations/read-settings.ts'
import type { Machine } from '../world/machine.ts'
import type { Law } from './law.ts'

const keep = (machine: Machine, program: Daemon): void => {
  const { startedMs } = program
  if (!isAlive(program) || program.settings?.startedMs === startedMs) return
  const paths = settingsFiles(program)
  if (paths.length === 0) return
  const named = paths.flatMap(path => filesNamedBy(readText(machine.files, path) ?? ''))
  const files = Object.fromEntries([...paths, ...named].map(path => [path, readText(machine.files, path)]))
  program.settings = { startedMs, files }
}

/** A program that has started keeps the settings that it read, whatever becomes of the files. */
export const settingsLaw: Law = world => {
  for (const host of world.machines.values())
    for (const machine of host.planet === undefined ? [host] : [host, host.planet]) {
      for (const unit of machine.units.values()) keep(machine, unit)
      for (const container of machine.runtime?.containers ?? []) keep(machine, container)
    }
}
