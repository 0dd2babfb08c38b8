import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BuildOptions, build, type Plugin } from 'esbuild'
import { directImports } from './direct-imports.ts'
import { fewLanguages } from './few-languages.ts'
import { groupScripts } from './group-scripts.ts'
import { builtinsBanner, quickBuiltins } from './quick-builtins.ts'
import { quickModules } from './quick-modules.ts'
import { warmUp } from './warm-up.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const out = join(root, 'dist')

/** The newest change below a folder or of a file, in milliseconds since the epoch; 0 when it does not exist. */
const newestChange = (path: string): number => {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined) return 0
  if (!stats.isDirectory()) return stats.mtimeMs
  return Math.max(0, ...readdirSync(path).map(name => newestChange(join(path, name))))
}

const isStale = (): boolean => {
  const sources = ['src', 'runbooks', 'scripts', 'package.json', 'package-lock.json'].map(p =>
    newestChange(join(root, p)),
  )
  // Written when all that it names is there: a build that was broken off before is none.
  return newestChange(join(out, 'program.json')) < Math.max(...sources)
}

/** The launcher has this module already, with what it knows, and gives it to the program. */
const shareFlags: Plugin = {
  name: 'share-flags',
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/engine-flags\.ts$/ }, () => ({ path: './engine-flags.js', external: true })),
}

const absent = join(root, 'scripts/absent-module.js')

const common: BuildOptions = {
  absWorkingDir: root,
  outdir: out,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node22.12',
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  logLevel: 'warning',
}

if (!process.argv.includes('--if-stale') || isStale()) {
  // Chunks are named by their content: those of earlier builds would stay for ever.
  rmSync(out, { recursive: true, force: true })
  mkdirSync(out, { recursive: true })
  // Node starts a CommonJS file sooner than a module, by a sixth of the time that it takes to start at all.
  writeFileSync(join(out, 'package.json'), '{"type":"commonjs"}\n')
  await build({
    ...common,
    entryPoints: { runtree: 'src/cli/launch.ts', 'launch-thread': 'src/cli/analysis/launch-thread.ts' },
    format: 'cjs',
    supported: { 'dynamic-import': false },
    define: { 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename' },
  })
  await build({
    ...common,
    entryPoints: { main: 'src/cli/main.ts', 'analysis-thread': 'src/cli/analysis/analysis-thread.ts' },
    splitting: true,
    banner: { js: builtinsBanner },
    jsx: 'automatic',
    define: {
      'process.env.NODE_ENV': '"production"',
      // just-bash keeps this for a curl that it never registers here; a look at it makes Node load its whole HTTP client.
      'globalThis.Headers': 'undefined',
    },
    // What works on Ink itself needs the one, what puts signs in the place of :names: the other.
    alias: { 'react-devtools-core': absent, 'node-emoji': absent },
    plugins: [quickBuiltins, quickModules, fewLanguages, directImports, shareFlags],
  })
  const { makeBundled } = await import('../src/cli/bundled/make-bundled.ts')
  const { packValues } = await import('../src/cli/bundled/pack.ts')
  writeFileSync(join(out, 'bundled.bin'), packValues(makeBundled()))
  for (const kept of ['compiled', 'opened']) mkdirSync(join(out, kept))
  const document = join(root, 'runbooks/bare-metal.md')
  const wanted = { program: join(out, 'runtree.js'), document, kept: join(out, 'compiled') }
  groupScripts(out, [])
  groupScripts(out, warmUp(wanted, 'apart'))
  warmUp(wanted, 'together')
}
