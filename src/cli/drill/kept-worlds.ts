import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deserialize, serialize } from 'node:v8'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { World } from '../../cluster/index.ts'
import type { Drill } from '../../drill/index.ts'
import { digestOf } from '../bundled/pack.ts'
import type { DrillSeed } from './drill-seed.ts'

/** Where the bundled program keeps worlds. The build makes the folder anew, so that what an earlier program made is never met. */
export const keptWorldsFolder = (): string => fileURLToPath(new URL('opened', import.meta.url))

/** The most worlds that are kept: one more takes the place of that which was written first. */
export const MOST_KEPT = 64

/** Removes what was written first, as far as there is more than is to be kept. Whoever reads one of them has it already. */
const keepNewest = (folder: string): void => {
  const kept = readdirSync(folder).filter(name => name.endsWith('.bin'))
  if (kept.length <= MOST_KEPT) return
  const aged = kept.map(name => {
    const path = join(folder, name)
    return { path, writtenMs: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 }
  })
  aged.sort((a, b) => a.writtenMs - b.writtenMs || (a.path < b.path ? -1 : 1))
  for (const { path } of aged.slice(0, kept.length - MOST_KEPT)) rmSync(path, { force: true })
}

// A file that is not whole, or of another engine, is as good as none.
const readWorld = (path: string): World | undefined => {
  try {
    return deserialize(inflateRawSync(readFileSync(path))) as World
  } catch {
    return undefined
  }
}

// Whoever may not write there goes without; a reader beside us sees the whole file or none.
const writeWorld = (folder: string, path: string, world: World): void => {
  const part = `${path}.${process.pid}`
  try {
    writeFileSync(part, deflateRawSync(serialize(world), { level: 1 }))
    renameSync(part, path)
    keepNewest(folder)
  } catch {
    rmSync(part, { force: true })
  }
}

/**
 * A drill's world as it is found by a trainee: read from `folder` where the same drill was opened with the same seed before, made and
 * kept there where not, the oldest of many making room. The same seed gives the same bytes, so the two are equal. Without the folder nothing is kept.
 */
export const keptWorld = async (
  drill: Drill,
  { seed, nowMs }: DrillSeed,
  { folder, make }: { readonly folder: string; readonly make: () => Promise<World> },
): Promise<World> => {
  if (!existsSync(folder)) return make()
  const path = join(folder, `${digestOf(JSON.stringify([drill, seed, nowMs]))}.bin`)
  const kept = readWorld(path)
  if (kept !== undefined) return kept
  const world = await make()
  writeWorld(folder, path, world)
  return world
}
