#!/usr/bin/env node
// First thing that runs: must parse on old Node versions, so that they get a sentence instead of a stack trace.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'

const OLDEST = [22, 12] as const

const isOldEnough = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])
}

/** Runs the program again on the Node that the project brings along; gives its exit code. */
const runOnOwnNode = (node: string): number => {
  const script = fileURLToPath(import.meta.url)
  const child = spawnSync(node, [script, ...process.argv.slice(2)], { stdio: 'inherit' })
  return child.status ?? 1
}

/** What `--state-dir` says; the parser of options is not loaded yet. */
const askedStateDir = (): string | undefined => {
  const at = process.argv.indexOf('--state-dir')
  const joined = process.argv.find(word => word.startsWith('--state-dir='))
  return at === -1 ? joined?.slice(joined.indexOf('=') + 1) : process.argv[at + 1]
}

/** Keeps what the engine makes of the program for the next start, and spares threads that a short run only waits for. */
const makeQuick = async (): Promise<void> => {
  const { defaultStateDir } = await import('./default-state-dir.ts')
  const folder = askedStateDir() ?? process.env.RUNTREE_STATE_DIR ?? defaultStateDir(process.env)
  // The engine would make the whole path, open to all, and tries for ever where none can be made.
  if (existsSync(folder)) module.enableCompileCache?.(join(folder, 'compiled'))
  setFlagsFromString('--no-parallel-scavenge')
}

if (isOldEnough(process.versions.node)) {
  await makeQuick()
  const main = './main.js'
  await import(main)
} else {
  const ownNode = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url))
  if (existsSync(ownNode)) process.exitCode = runOnOwnNode(ownNode)
  else {
    process.stderr.write(
      `runtree needs Node ${OLDEST.join('.')} or newer; this is ${process.versions.node}. Install a newer Node, or run "npm ci" in the project's folder.\n`,
    )
    process.exitCode = 2
  }
}
