import { linkAt, makeLink, namesIn, removePath } from '../files/file-tree.ts'
import type { Machine } from '../world/machine.ts'
import type { Unit } from '../world/unit.ts'
import { isMasked, TRANSIENT } from './unit-sources.ts'

/** What `systemctl is-enabled` says. */
export type Enablement = 'enabled' | 'disabled' | 'static' | 'masked' | 'generated' | 'transient'

const FOLDER = '/etc/systemd/system'

const wantLinks = (machine: Machine, unit: Unit): readonly string[] => {
  const wanted = unit.definition.wantedBy.map(target => `${FOLDER}/${target}.wants/${unit.name}`)
  const aliases = unit.definition.aliases.map(alias => `${FOLDER}/${alias}`)
  return [...wanted, ...aliases].filter(path => linkAt(machine.files, path) !== undefined)
}

/** Whether a unit starts at boot: follows from the links that enabling makes. */
export const enablementOf = (machine: Machine, unit: Unit): Enablement => {
  if (isMasked(machine, unit.name)) return 'masked'
  if (unit.fragmentPath.startsWith(`${TRANSIENT}/`)) return 'transient'
  if (unit.fragmentPath === '' || unit.fragmentPath.startsWith('/run/')) return 'generated'
  const { wantedBy, aliases } = unit.definition
  if (wantedBy.length === 0 && aliases.length === 0) return 'static'
  return wantLinks(machine, unit).length > 0 ? 'enabled' : 'disabled'
}

/** Makes the links that start a unit at boot; gives those that are new. */
export const enableUnit = (machine: Machine, unit: Unit, atMs: number): readonly string[] => {
  const paths = [
    ...unit.definition.aliases.map(alias => `${FOLDER}/${alias}`),
    ...unit.definition.wantedBy.map(target => `${FOLDER}/${target}.wants/${unit.name}`),
  ]
  const made = paths.filter(path => linkAt(machine.files, path) === undefined)
  for (const path of made) makeLink(machine.files, path, { to: unit.fragmentPath, mtimeMs: atMs })
  return made
}

/** Removes the links that start a unit at boot; gives those that were there. */
export const disableUnit = (machine: Machine, unit: Unit): readonly string[] => {
  const links = wantLinks(machine, unit)
  for (const path of links) removePath(machine.files, path)
  return links
}

/** The units that a target wants by links on disk. */
export const wantedBy = (machine: Machine, target: string): readonly string[] =>
  [`${FOLDER}/${target}.wants`, `/lib/systemd/system/${target}.wants`].flatMap(folder =>
    namesIn(machine.files, folder),
  )
