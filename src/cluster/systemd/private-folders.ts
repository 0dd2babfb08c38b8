import { makeFolder, namesIn, removePath, touchFolder } from '../files/file-tree.ts'
import { hashOf } from '../kube/pod.ts'
import type { Machine } from '../world/machine.ts'
import type { Happening } from './unit-lines.ts'

/** Where there are folders for temporary files. */
export const TEMPORARY = ['/tmp', '/var/tmp']

/** What the names of folders begin with that belong to one unit alone. */
export const PRIVATE = 'systemd-private-'

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

const suffixOf = (text: string): string =>
  hashOf(text, 12).replace(/../g, pair => letters[Number.parseInt(pair, 16) % letters.length] ?? '')

const nameOf = ({ bootId }: Machine, unit: string): string => `${PRIVATE}${bootId}-${unit}-`

/** Makes the folders in the place of which a unit with `PrivateTmp=` sees those of the machine. */
export const makePrivate = ({ machine, unit, atMs: mtimeMs }: Happening): void => {
  if (unit.definition.hasPrivateTmp !== true) return
  for (const folder of TEMPORARY) {
    const own = `${folder}/${nameOf(machine, unit.name)}${suffixOf(`${machine.bootId}${folder}${unit.name}${mtimeMs}`)}`
    makeFolder(machine.files, own, { mode: 0o700, mtimeMs })
    makeFolder(machine.files, `${own}/tmp`, { mode: 0o1777, mtimeMs })
    touchFolder(machine.files, own, mtimeMs)
  }
}

/** Takes them away with all that the unit has written there. */
export const dropPrivate = ({ machine, unit, atMs }: Happening): void => {
  if (unit.definition.hasPrivateTmp !== true) return
  const start = nameOf(machine, unit.name)
  for (const folder of TEMPORARY)
    for (const name of namesIn(machine.files, folder).filter(each => each.startsWith(start))) {
      removePath(machine.files, `${folder}/${name}`)
      touchFolder(machine.files, `${folder}/${name}`, atMs)
    }
}
