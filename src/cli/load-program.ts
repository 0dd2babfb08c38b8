import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
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
const SHARED = 'engine-flags.js'

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
const makeFolder = (path: string): void => {
  if (!existsSync(path)) mkdirSync(path, { mode: 0o700 })
}

const engine = `${process.version}-${process.arch}-`

/** Makes the folder for a build, in place of those of earlier ones. */
const makeRoom = (folder: string): void => {
  if (existsSync(folder)) return
  const all = dirname(folder)
  makeFolder(all)
  for (const name of readdirSync(all))
    if (name.startsWith(engine)) rmSync(join(all, name), { recursive: true, force: true })
  makeFolder(folder)
}

const keep = (folder: string, { name, script }: Compiled): void => {
  const path = join(folder, name)
  const unfinished = `${path}.${process.pid}`
  const data = engineFlags.withFlagsAtStart(() => script.createCachedData())
  try {
    writeFileSync(unfinished, data)
    renameSync(unfinished, path)
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw error
  }
}

/** Keeps what was compiled so far of scripts that nothing usable is kept of; a full disk or a folder that is gone only costs the next start some time. */
const keepAll = (folder: string, compiled: Compiled[]): void => {
  const wanted = compiled.splice(0).filter(({ isKept }) => !isKept || process.env.RUNTREE_KEEP_COMPILED)
  if (wanted.length === 0) return
  try {
    makeRoom(folder)
    for (const one of wanted) keep(folder, one)
  } catch {}
}

/** Where the built program is, and where what is compiled of it is kept. */
export type Program = { readonly folder: string; readonly kept: string | undefined }

/** What the build says of its scripts: which build they are of, and which file holds those that are not in a file of their own. */
type Manifest = { readonly build: string; readonly groups: Readonly<Record<string, string>> }

const readManifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'program.json'), 'utf8'))

/** The folder for what this engine compiled of this build: it goes by the length of a text only and would take what is of another one. */
const keptFor = ({ build }: Manifest, kept: string | undefined): string | undefined =>
  kept && join(kept, engine + build)

type RunScript = (name: string) => unknown

const scriptRunner = (folder: string, kept: string | undefined): RunScript => {
  const compiled: Compiled[] = []
  if (kept !== undefined) {
    const keepThem = (): void => keepAll(kept, compiled)
    process.on('exit', keepThem)
    setTimeout(keepThem, START_MS).unref()
  }
  return name => {
    const path = `${folder}/${name}`
    const cachedData = kept === undefined ? undefined : readKept(`${kept}/${name}`)
    // The build writes nothing but ASCII.
    const text = readFileSync(path, 'latin1')
    const script = engineFlags.withFlagsAtStart(() => new Script(text, { filename: path, cachedData }))
    compiled.push({ name, script, isKept: script.cachedDataRejected === false })
    return script.runInThisContext()
  }
}

/**
 * Loads a module of the built program, as `main.js`, and all it requires. The engine gets back what it once compiled, functions that
 * were compiled at their first call among it, which what Node itself keeps of modules lacks; it refuses what another release or other
 * switches have left. Without a folder to keep it in, everything is compiled anew. The build starts the program with
 * RUNTREE_KEEP_COMPILED set: each such start adds what it compiled.
 */
export const loadProgram = (entry: string, { folder, kept }: Program): void => {
  const manifest = readManifest(folder)
  const run = scriptRunner(folder, keptFor(manifest, kept))
  const nodeRequire = createRequire(join(folder, entry))
  const { href } = pathToFileURL(folder)
  const modules = new Map<string, { exports: Exports }>([[SHARED, { exports: engineFlags }]])
  const opened = new Map<string, Readonly<Record<string, ModuleBody>>>()
  const bodyOf = (name: string): ModuleBody | undefined => {
    const group = manifest.groups[name]
    if (group === undefined) return run(name) as ModuleBody
    const bodies = opened.get(group) ?? (run(group) as Readonly<Record<string, ModuleBody>>)
    opened.set(group, bodies)
    return bodies[name]
  }
  const load = (name: string): Exports => {
    const module = { exports: {} }
    modules.set(name, module)
    bodyOf(name)?.(module, require, `${href}/${name}`)
    return module.exports
  }
  const require: Require = name => {
    if (!name.startsWith('./')) return nodeRequire(name)
    const own = name.slice(2)
    return modules.get(own)?.exports ?? load(own)
  }
  load(entry)
}
