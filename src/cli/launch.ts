#!/usr/bin/env node
// First thing that runs: must parse on old Node versions, so that they get a sentence instead of a stack trace.
import { accessSync, constants, existsSync } from 'node:fs'
import { join } from 'node:path'
import { defaultStateDir } from './default-state-dir.ts'
import { loadProgram } from './load-program.ts'
import { prepareEngine } from './prepare-engine.ts'

const dist = import.meta.dirname

const OLDEST = [22, 12] as const

const isOldEnough = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])
}

/** Runs the program again on the Node that the project brings along; gives its exit code. */
const runOnOwnNode = async (node: string): Promise<number> => {
  const { spawnSync } = await import('node:child_process')
  const child = spawnSync(node, [import.meta.filename, ...process.argv.slice(2)], { stdio: 'inherit' })
  return child.status ?? 1
}

/** What `--state-dir` says; the parser of options is not loaded yet. */
const askedStateDir = (): string | undefined => {
  const at = process.argv.indexOf('--state-dir')
  const joined = process.argv.find(word => word.startsWith('--state-dir='))
  return at === -1 ? joined?.slice(joined.indexOf('=') + 1) : process.argv[at + 1]
}

const isWritable = (folder: string): boolean => {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** Where the engine keeps what it makes of the program: beside it, where the build has left it, or with the sessions of whoever may not write there. */
const compiledFolder = (): string | undefined => {
  const beside = join(dist, 'compiled')
  if (isWritable(beside)) return beside
  const stateDir = askedStateDir() ?? process.env.RUNTREE_STATE_DIR ?? defaultStateDir(process.env)
  return isWritable(stateDir) ? join(stateDir, 'compiled') : undefined
}

/** The commands that walk a runbook; none is the home screen. */
const walks = ['', 'open', 'auto', 'resume', 'drill']

/** What they take sooner or later. */
const walkModules = [
  ...['os', 'child_process', 'net', 'tty', 'readline', 'readline/promises', 'timers/promises'],
  ...['perf_hooks', 'fs/promises'],
]

/** Node's own modules that a command takes, by the first word. */
const modulesFor = (word: string): readonly string[] => {
  // An option alone opens the home screen, but for those that only tell something.
  const isWalk = word.startsWith('--') ? !['--version', '--help'].includes(word) : walks.includes(word)
  return isWalk ? walkModules : []
}

/** The engine has Node's modules in compiled form for its usual switches only: what is taken before they change is there sooner. */
const takeModules = (): void => {
  const [first = ''] = process.argv.slice(2)
  for (const name of modulesFor(first)) process.getBuiltinModule?.(`node:${name}`)
}

if (isOldEnough(process.versions.node)) {
  takeModules()
  prepareEngine(process.argv[2])
  loadProgram('main.js', { folder: dist, kept: compiledFolder() })
} else {
  const ownNode = join(dist, '../node_modules/node/bin/node')
  if (existsSync(ownNode))
    void runOnOwnNode(ownNode).then(code => {
      process.exitCode = code
    })
  else {
    process.stderr.write(
      `runtree needs Node ${OLDEST.join('.')} or newer; this is ${process.versions.node}. Install a newer Node, or run "npm ci" in the project's folder.\n`,
    )
    process.exitCode = 2
  }
}
