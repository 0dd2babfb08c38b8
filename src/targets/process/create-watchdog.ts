import type { Socket } from 'node:net'
import type { Job } from './job.ts'
import { spawnJob } from './spawn-job.ts'
import { watchdogScript } from './watchdog-script.ts'

/** Ends what runs when this process is gone without having done so itself, by `kill -9` for instance. */
export type Watchdog = {
  /** Told before a job starts, so that no moment is unguarded. */
  readonly expect: (marker: string) => void
  readonly guard: (job: Job) => void
  readonly release: () => void
  /** Resolves when the watchdog is gone. */
  readonly close: () => Promise<void>
}

/** What the watchdog needs: bash by its absolute path, and the folder to remove in the end. */
export type WatchdogSetup = {
  readonly bash: string
  readonly path: string
  readonly folder: string | undefined
}

const none: Watchdog = {
  expect: () => undefined,
  guard: () => undefined,
  release: () => undefined,
  close: async () => undefined,
}

/** Starts a watchdog beside this process. Where it cannot start, nothing is guarded. */
export const createWatchdog = async ({ bash, path, folder = '' }: WatchdogSetup): Promise<Watchdog> => {
  const env = { PATH: path, RUNTREE_WATCHDOG: watchdogScript, RUNTREE_FOLDER: folder }
  const args = ['--noprofile', '--norc', '-c', 'eval "$RUNTREE_WATCHDOG"']
  const spawned = await spawnJob(
    { file: bash, args, env, cwd: '/' },
    { argv0: 'runtree-watchdog', detached: true, stdin: 'pipe', stdout: 'ignore', stderr: 'ignore' },
  )
  if (spawned.kind === 'failed') return none
  const { child, exited } = spawned
  // A pipe to a child is a socket, which the type does not tell.
  const input = child.stdin as Socket
  // Someone else may end the watchdog; commands run without it then.
  input.on('error', () => undefined)
  // Neither keeps this process from ending: that is what the watchdog waits for.
  input.unref()
  child.unref()
  const tell = (line: string): void => void input.write(`${line}\n`)
  return {
    expect: marker => tell(`0 ${marker}`),
    guard: job => tell(`${job.session === 'own' ? job.pid : 0} ${job.marker}`),
    release: () => tell(''),
    close: async () => {
      child.ref()
      input.end()
      await exited
    },
  }
}
