import { setTimeout as delay } from 'node:timers/promises'
import { findMembers, type Reach } from './find-members.ts'
import type { Job } from './job.ts'
import { leavesToKernel } from './list-processes.ts'

const TERM_PATIENCE_MS = 2000
// A process that waits inside the kernel, for a dead network filesystem say, survives even KILL; nobody shall wait for it.
const KILL_PATIENCE_MS = 300
const FIRST_POLL_MS = 4
const LONGEST_POLL_MS = 200

const send = (id: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(id, signal)
  } catch {
    // Gone in the meantime, or not ours to signal.
  }
}

type Stop = {
  readonly job: Job
  readonly reach: Reach
  readonly signal: NodeJS.Signals
  readonly patienceMs: number
}

/**
 * Signals each member once, also those that appear later, until none is left or patience ends. Those that do not catch the signal
 * and yet live are sent it again, which no program notices.
 */
const signalUntilGone = async ({ job, reach, signal, patienceMs }: Stop): Promise<boolean> => {
  const end = performance.now() + patienceMs
  const signaled = new Set<number>()
  for (let pollMs = FIRST_POLL_MS; ; pollMs = Math.min(pollMs * 2, LONGEST_POLL_MS)) {
    const { ids, pids } = findMembers(job, reach)
    if (ids.length === 0) return true
    // A shell that forks while the signal comes loses it.
    const spared = signaled.size > 0 ? pids.filter(pid => leavesToKernel(pid, signal)) : []
    for (const id of [...ids.filter(id => !signaled.has(id)), ...spared]) {
      signaled.add(id)
      send(id, signal)
      // A stopped process would notice TERM only when it goes on.
      send(id, 'SIGCONT')
    }
    const leftMs = end - performance.now()
    if (leftMs <= 0) return false
    await delay(Math.min(pollMs, leftMs))
  }
}

/** Ends a job: TERM, and KILL for what is still there two seconds later. Resolves when nothing is left or nothing more can be done. */
export const stopJob = async (job: Job, reach: Reach): Promise<void> => {
  const isGone = await signalUntilGone({ job, reach, signal: 'SIGTERM', patienceMs: TERM_PATIENCE_MS })
  if (!isGone) await signalUntilGone({ job, reach, signal: 'SIGKILL', patienceMs: KILL_PATIENCE_MS })
}
