import type { ChildProcess } from 'node:child_process'
import { execa, type Options } from 'execa'
import type { Exit, Launch } from './launch.ts'

/** A program that runs, or the error that kept it from starting. */
export type SpawnResult =
  | {
      readonly kind: 'started'
      readonly pid: number
      readonly child: ChildProcess
      readonly exited: Promise<Exit>
    }
  | { readonly kind: 'failed'; readonly error: unknown }

/**
 * Starts a program through execa. Its waiting, timeout and killing are not used: they end with the pipes, and a process in the
 * background may hold those long after the program has ended.
 */
export const spawnJob = async (launch: Launch, options: Options): Promise<SpawnResult> => {
  const { file, args, env, cwd } = launch
  const fixed = { env, extendEnv: false, cwd, buffer: false, reject: false, cleanup: false } as const
  const started = execa(file, args, { ...options, ...fixed })
  const child = started.nodeChildProcess
  if (child.pid === undefined) return { kind: 'failed', error: (await started).cause }
  const exited = new Promise<Exit>(resolve => {
    child.once('exit', (code, signal) => resolve({ code, signal }))
  })
  return { kind: 'started', pid: child.pid, child, exited }
}
