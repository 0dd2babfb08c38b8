import { linkAt, namesIn, readText, realPathOf } from '../files/file-tree.ts'
import type { Machine } from '../world/machine.ts'

/** Where the units lie that nobody wrote a file for: they are gone once they have stopped. */
export const TRANSIENT = '/run/systemd/transient'

/** The folders that systemd reads units from, the first one found winning. */
const unitFolders = [
  '/etc/systemd/system.control',
  '/run/systemd/system.control',
  TRANSIENT,
  '/etc/systemd/system',
  '/run/systemd/system',
  '/usr/local/lib/systemd/system',
  '/lib/systemd/system',
  '/usr/lib/systemd/system',
] as const

/** Where a unit's file lies; `undefined` where there is none. */
export const fragmentOf = (machine: Machine, name: string): string | undefined => {
  const template = name.replace(/@[^.]*\./, '@.')
  // CentOS knows the folder below /usr alone, to which the other is a link.
  const folders =
    machine.os.id === 'centos' ? unitFolders.filter(folder => !folder.startsWith('/lib/')) : unitFolders
  return [name, template]
    .flatMap(candidate => folders.map(folder => `${folder}/${candidate}`))
    .find(path => linkAt(machine.files, path) !== undefined)
}

/** Whether a unit file leads to /dev/null, which is what masking does. */
export const isMasked = (machine: Machine, name: string): boolean => {
  const link = linkAt(machine.files, `/etc/systemd/system/${name}`)
  return link?.kind === 'symlink' && link.text === '/dev/null'
}

/** The drop-ins of a unit in the order of their names, of all folders; a name in /etc hides the same in /lib. */
export const dropInsOf = (machine: Machine, name: string): readonly string[] => {
  const byName = new Map<string, string>()
  for (const folder of [...unitFolders].reverse().map(above => `${above}/${name}.d`)) {
    const real = realPathOf(machine.files, folder) ?? folder
    for (const file of namesIn(machine.files, real))
      if (file.endsWith('.conf')) byName.set(file, `${folder}/${file}`)
  }
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path)
}

/** The texts that make up a unit, its file first; empty where it has none. */
export const sourcesOf = (
  machine: Machine,
  name: string,
): readonly { readonly path: string; readonly text: string }[] => {
  const fragment = fragmentOf(machine, name)
  return [...(fragment === undefined ? [] : [fragment]), ...dropInsOf(machine, name)].map(path => ({
    path,
    text: readText(machine.files, path) ?? '',
  }))
}

/** All unit names that have a file, sorted. */
export const unitFileNames = (machine: Machine): readonly string[] => {
  const names = new Set<string>()
  for (const folder of unitFolders)
    for (const name of namesIn(machine.files, realPathOf(machine.files, folder) ?? folder))
      if (/\.(service|socket|target|timer|mount|path|slice|swap|automount|scope)$/.test(name)) names.add(name)
  return [...names].sort()
}
