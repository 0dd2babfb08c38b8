import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where a start ran through: the names of the scripts that it loaded. */
export type Loaded = ReadonlySet<string>

const scriptsIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter(name => name.endsWith('.js') && !['runtree.js', 'launch-thread.js'].includes(name))
    .toSorted()

/** Larger scripts stay in files of their own: what is in them is loaded at a moment of its own. In bytes. */
const LARGEST = 256_000

/** Scripts by the starts that loaded them; those that none loaded, or that are alone in what they serve, are left out. */
export const groupsOf = (
  names: readonly string[],
  starts: readonly Loaded[],
): readonly (readonly string[])[] => {
  const ofStarts = Map.groupBy(names, name => starts.map(loaded => (loaded.has(name) ? 1 : 0)).join(''))
  return [...ofStarts]
    .filter(([key, group]) => key.includes('1') && group.length > 1)
    .map(([, group]) => group)
}

const digestOf = (folder: string): string => {
  const hash = createHash('sha256')
  for (const name of scriptsIn(folder)) hash.update(name).update(readFileSync(join(folder, name)))
  return hash.digest('hex').slice(0, 16)
}

/** What the loader has to know, see load-program.ts. */
const writeManifest = (folder: string, groups: Readonly<Record<string, string>>): void =>
  writeFileSync(join(folder, 'program.json'), JSON.stringify({ build: digestOf(folder), groups }))

/**
 * Puts scripts that the same starts load into one file each: a start opens a dozen files in place of a hundred. A script is a function
 * in brackets; a group is an object of such functions by their names.
 */
export const groupScripts = (folder: string, starts: readonly Loaded[]): void => {
  const groups: Record<string, string> = {}
  for (const [at, names] of groupsOf(
    scriptsIn(folder).filter(name => statSync(join(folder, name)).size <= LARGEST),
    starts,
  ).entries()) {
    const group = `group-${at + 1}.js`
    const bodies = names.map(
      name => `${JSON.stringify(name)}:${readFileSync(join(folder, name), 'latin1').slice(1, -1)}`,
    )
    writeFileSync(join(folder, group), `({${bodies.join(',\n')}})`, 'latin1')
    for (const name of names) groups[name] = group
  }
  writeManifest(folder, groups)
  for (const name of Object.keys(groups)) rmSync(join(folder, name))
}
