import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { createLocalExecutor, type LocalSetup } from '../../src/targets/index.ts'
import { processesWith } from '../kit/processes.ts'
import type { Subject } from './conformance.ts'

/** The folder of the programs that tests run. */
export const programs = fileURLToPath(new URL('../fixtures/targets', import.meta.url))

/** This machine as a target, its processes marked so that those left over can be found. */
export const openLocalTarget = (setup: Partial<LocalSetup> = {}): Subject => {
  const mark = { RUNTREE_TEST: randomUUID() }
  const folder = mkdtempSync(join(tmpdir(), 'runtree-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const env = { ...process.env, ...setup.env, ...mark }
  return {
    executor: createLocalExecutor({ lendTerminal: use => use(), ...setup, env }),
    programs,
    folder,
    leftovers: () => processesWith(`RUNTREE_TEST=${mark.RUNTREE_TEST}`),
  }
}
