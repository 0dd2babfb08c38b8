import { mkdirSync, writeFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, relative } from 'node:path'
import type { Metafile, OutputFile, Plugin } from 'esbuild'
import { toScript } from './to-script.ts'

const builtins = new Set(builtinModules.flatMap(name => [name, `node:${name}`]))

/** What a bundled file begins with. */
export const builtinsBanner = 'const __builtin = globalThis.process.getBuiltinModule;'

/** An import statement as esbuild prints it without blanks: a default name, a namespace or names, and the module. */
const statement =
  /(?<=^|[;}\n])import(?: ?([\w$]+)(?:,(?=[{*]))?)?(?:\{([^{}]*)\}|\*as ([\w$]+))?(?: ?from)?"([a-z:/_0-9]+)";/g

/** What takes milliseconds to load, and a screen that only lists what there is does not need. */
const late = new Set(['node:crypto', 'node:zlib'])

/** Constants for the names of an import statement. A function of a late module loads it with its first call. */
const constantsFor = (module: string, names: string): readonly string[] => {
  const value = `__builtin(${JSON.stringify(module)})`
  if (!late.has(module)) return [`{${names.replaceAll(' as ', ':')}}=${value}`]
  const own = new Map(Object.entries(process.getBuiltinModule(module) ?? {}))
  return names.split(',').map(entry => {
    const [name = '', as = name] = entry.split(' as ')
    if (typeof own.get(name) !== 'function' || /^[A-Z]/.test(name)) return `{${name}:${as}}=${value}`
    return `${as}=(...given)=>${value}.${name}(...given)`
  })
}

type Taken = { readonly text: string; readonly count: number }

/** Takes the imports of Node's own modules out of a bundled file and gives it their values behind its banner. */
export const takeBuiltins = (text: string): Taken => {
  const constants: string[] = []
  let count = 0
  const rest = text.replace(statement, (whole, ...found: (string | undefined)[]) => {
    const [standard, names, namespace, module = ''] = found
    if (!builtins.has(module)) return whole
    count += 1
    for (const name of [standard, namespace])
      if (name !== undefined) constants.push(`${name}=__builtin(${JSON.stringify(module)})`)
    if (names !== undefined) constants.push(...constantsFor(module, names))
    return ''
  })
  const constant = `${builtinsBanner}const ${constants.join(',')};`
  return { text: constants.length === 0 ? text : rest.replace(builtinsBanner, () => constant), count }
}

const countIn = (metafile: Metafile, path: string): number =>
  metafile.outputs[path]?.imports.filter(
    ({ path: imported, kind }) => kind === 'import-statement' && builtins.has(imported),
  ).length ?? 0

const write = async (
  { path, text }: OutputFile,
  { metafile, root }: { metafile: Metafile; root: string },
): Promise<void> => {
  const taken = takeBuiltins(text)
  const wanted = countIn(metafile, relative(root, path))
  if (taken.count !== wanted)
    throw new Error(`${path} imports ${wanted} of Node's modules, of which ${taken.count} were found`)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, await toScript(taken.text))
}

/**
 * Takes Node's own modules as they are. An import statement reads every property of one, and some of these load whole other
 * modules: fs its promises, crypto its web part, util the worker threads. Wants output without blanks, with `builtinsBanner` before it,
 * and writes each file as a script.
 */
export const quickBuiltins: Plugin = {
  name: 'quick-builtins',
  setup: build => {
    build.initialOptions.write = false
    build.initialOptions.metafile = true
    const root = build.initialOptions.absWorkingDir ?? process.cwd()
    build.onEnd(async ({ outputFiles = [], metafile }) => {
      for (const file of outputFiles) if (metafile !== undefined) await write(file, { metafile, root })
    })
  },
}
