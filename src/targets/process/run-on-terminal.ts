import type { LendTerminal } from '../types.ts'
import { type Job, markerName } from './job.ts'
import type { Ending, Launch } from './launch.ts'
import { spawnJob } from './spawn-job.ts'
import { stopJob } from './stop-job.ts'
import { waitForEnd } from './wait-for-end.ts'
import { withoutKeyboardSignals } from './without-keyboard-signals.ts'

/** A program to run on the real terminal. */
export type TerminalRun = {
  readonly launch: Launch
  readonly marker: string
  readonly lendTerminal: LendTerminal
  readonly signal: AbortSignal
  readonly timeoutMs: number | undefined
  readonly onStart: (job: Job) => void
}

const runHere = async ({ launch, marker, signal, timeoutMs, onStart }: TerminalRun): Promise<Ending> => {
  const env = { ...launch.env, [markerName]: marker }
  const spawned = await spawnJob({ ...launch, env }, { stdio: 'inherit' })
  if (spawned.kind === 'failed') return spawned
  const job: Job = { pid: spawned.pid, marker, session: 'shared' }
  onStart(job)
  const end = await waitForEnd({ exited: spawned.exited, signal, timeoutMs })
  if (end.kind !== 'exited') await stopJob(job, 'all')
  return end
}

/**
 * Lends the terminal to a program and gives how it went; nothing is captured. The program shares our session and process group:
 * so it may read the terminal, Ctrl-C reaches it while we look away, and Ctrl-Z stops us both, as the shell expects of one job.
 */
export const runOnTerminal = (run: TerminalRun): Promise<Ending> =>
  run.lendTerminal(() => withoutKeyboardSignals(() => runHere(run)))
