import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Script } from 'node:vm'
import * as engineFlags from './engine-flags.ts'

type Exports = Readonly<Record<string, unknown>>

type Require = (name: string) => unknown

/** What the build makes of a module: a script whose value is this function. */
type ModuleBody = (module: { exports: Exports }, require: Require, url: string) => void

type Compiled = { readonly name: string; readonly script: Script; readonly isKept: boolean }

/** The one module of the program that is the launcher's own. */
const SHARED = './engine-flags.js'

/** How long a program runs until what it compiled is worth keeping. Much later the engine has thrown away what only a start needs. */
const START_MS = 5_000

const readKept = (path: string): Buffer | undefined => {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

/** Makes one folder. With `recursive`, Node tries for ever below a place as /proc where none can be made. */
const ensureFolder = (path: string): void => {
  if (!existsSync(path)) mkdirSync(path, { mode: 0o700 })
}

const keep = (folder: string, { name, script }: Compiled): void => {
  const path = join(folder, name)
  const unfinished = `${path}.${process.pid}`
  writeFileSync(
    unfinished,
    engineFlags.withFlagsAtStart(() => script.createCachedData()),
  )
  renameSync(unfinished, path)
}

/** Keeps what was compiled so far of scripts that nothing usable is kept of; a full disk or a folder that is gone only costs the next start some time. */
const keepAll = (folder: string, compiled: Compiled[]): void => {
  const wanted = compiled.splice(0).filter(({ isKept }) => !isKept || process.env.RUNTREE_KEEP_COMPILED)
  if (wanted.length === 0) return
  try {
    ensureFolder(dirname(folder))
    ensureFolder(folder)
    for (const one of wanted) keep(folder, one)
  } catch {}
}

/** Where the built program is, and where what is compiled of it is kept. */
export type Program = { readonly folder: string; readonly kept: string | undefined }

/**
 * Loads a module of the built program, as `./main.js`, and all it requires. The engine gets back what it once compiled, functions that
 * were compiled at their first call among it, which what Node itself keeps of modules lacks; it refuses what another release or other
 * switches have left. Without a folder to keep it in, everything is compiled anew. The build starts the program with
 * RUNTREE_KEEP_COMPILED set: each such start adds what it compiled.
 */
export const loadProgram = (entry: string, { folder, kept }: Program): void => {
  const nodeRequire = createRequire(join(folder, entry))
  const keptHere = kept && join(kept, `${process.version}-${process.arch}`)
  const modules = new Map<string, { exports: Exports }>([[SHARED, { exports: engineFlags }]])
  const compiled: Compiled[] = []
  const load = (name: string): Exports => {
    const path = join(folder, name)
    const module = { exports: {} }
    modules.set(name, module)
    const cachedData = keptHere === undefined ? undefined : readKept(join(keptHere, name))
    // The build writes nothing but ASCII.
    const text = readFileSync(path, 'latin1')
    const script = engineFlags.withFlagsAtStart(() => new Script(text, { filename: path, cachedData }))
    compiled.push({ name, script, isKept: script.cachedDataRejected === false })
    const body: ModuleBody = script.runInThisContext()
    body(module, require, pathToFileURL(path).href)
    return module.exports
  }
  const require: Require = name =>
    name.startsWith('./') ? (modules.get(name)?.exports ?? load(name)) : nodeRequire(name)
  if (keptHere !== undefined) {
    const keepThem = (): void => keepAll(keptHere, compiled)
    process.on('exit', keepThem)
    setTimeout(keepThem, START_MS).unref()
  }
  load(entry)
}
