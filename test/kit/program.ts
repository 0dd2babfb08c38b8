import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('../../dist/runtree.js', import.meta.url))

/** The words that start the bundled program on the Node that runs the tests. */
export const programArgv: readonly string[] = [process.execPath, script]

/** The same as a line for a shell. */
export const programLine = programArgv.map(word => `'${word}'`).join(' ')

/** A fresh private folder for a test's files. */
export const freshFolder = (): string => mkdtempSync(join(tmpdir(), 'runtree-test-'))

/** Runs the bundled program to its end without a terminal and without input. */
export const runProgram = (args: readonly string[], input = ''): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, [script, ...args], { encoding: 'utf8', input, maxBuffer: 1 << 28 })

/** What a run with `--json` printed, a value a line. */
export const jsonLines = (stdout: string): readonly Record<string, unknown>[] =>
  stdout
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line))
