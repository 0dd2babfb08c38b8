import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createSshExecutor, type SshSetup } from '../../src/targets/index.ts'
import { processesWith } from '../kit/processes.ts'
import type { Sshd } from '../kit/sshd.ts'
import type { Subject } from './conformance.ts'
import { programs } from './local-target.ts'

/** A target on a real sshd, and what lies in its private folder on this side. */
export type SshSubject = Subject & { readonly privateFiles: () => readonly string[] }

/** All but the shell that waits for the next command, and its look for what the last one left: no command has started these. */
export const withoutWaiting = (entries: readonly string[]): readonly string[] => {
  const waiting = entries.findLast(entry => entry.endsWith('/run captured'))
  return entries.filter(entry => entry !== waiting && !/^\d+ grep -lsF RUNTREE_RUN=/.test(entry))
}

/** This machine as another machine sees it, through a real sshd. */
export const openSshTarget = (sshd: Sshd, setup: Partial<SshSetup> = {}): SshSubject => {
  const folder = mkdtempSync(join(tmpdir(), 'runtree-test-'))
  const runtimeFolder = mkdtempSync(join(tmpdir(), 'rt-'))
  onTestFinished(() => {
    for (const made of [folder, runtimeFolder]) rmSync(made, { recursive: true })
  })
  return {
    executor: createSshExecutor({
      destination: { host: 'lab' },
      lendTerminal: use => use(),
      asking: 'never',
      configFile: sshd.configFile,
      runtimeFolder,
      patience: { connectS: 2, aliveS: 1 },
      ...setup,
    }),
    programs,
    folder,
    leftovers: () => withoutWaiting(processesWith(sshd.mark)),
    privateFiles: () => readdirSync(runtimeFolder),
  }
}
