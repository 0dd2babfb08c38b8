import { setTimeout as delay } from 'node:timers/promises'
import type { OutputSink } from '../types.ts'
import { exists, findMembers } from './find-members.ts'
import { happensWithin } from './happens-within.ts'
import { type Job, markerName } from './job.ts'
import type { Ending, Launch } from './launch.ts'
import { openOutlet } from './open-outlet.ts'
import type { PipeSupply } from './pipe-supply.ts'
import { spawnJob } from './spawn-job.ts'
import { stopJob } from './stop-job.ts'
import { waitForEnd } from './wait-for-end.ts'

/** A program to run to its end in a session of its own, without input and with its output captured. */
export type CapturedRun = {
  readonly launch: Launch
  readonly marker: string
  readonly pipes: PipeSupply
  readonly sink: OutputSink
  readonly signal: AbortSignal
  readonly timeoutMs: number | undefined
  /** Told of the job as soon as it runs. */
  readonly onStart: (job: Job) => void
}

// What a finished program left running may go on this long: the last of a pipeline, say, that still writes.
const GRACE_MS = 250
const FIRST_POLL_MS = 5
const DRAIN_MS = 50

// A dead process that nobody has collected yet still makes its group exist; only then is it worth looking at all processes.
const isGone = (job: Job): boolean => !exists(-job.pid) || findMembers(job, 'session').ids.length === 0

/** Waits for what a finished program left in its session, then stops it. What it put into another session is left alone. */
const settleRest = async (job: Job, drained: Promise<unknown>): Promise<void> => {
  const end = performance.now() + GRACE_MS
  await happensWithin(drained, GRACE_MS)
  for (let pollMs = FIRST_POLL_MS; !isGone(job); pollMs *= 2) {
    const leftMs = end - performance.now()
    if (leftMs <= 0) return stopJob(job, 'session')
    await delay(Math.min(pollMs, leftMs))
  }
}

/**
 * Runs a program and gives how it went. When it resolves, none of its processes is left in its process group, after a timeout or
 * an abort none at all, and the sink is called no more. A process that holds the output open does not delay it.
 */
export const runCaptured = async (run: CapturedRun): Promise<Ending> => {
  const { launch, marker, sink, signal, timeoutMs } = run
  const outlets = { stdout: openOutlet('stdout', run.pipes), stderr: openOutlet('stderr', run.pipes) }
  const spawned = await spawnJob(
    { ...launch, env: { ...launch.env, [markerName]: marker } },
    { detached: true, stdin: 'ignore', stdout: outlets.stdout.stdio, stderr: outlets.stderr.stdio },
  )
  if (spawned.kind === 'failed') {
    for (const outlet of Object.values(outlets)) outlet.abandon()
    return spawned
  }
  const job: Job = { pid: spawned.pid, marker, session: 'own' }
  run.onStart(job)
  const relays = [
    outlets.stdout.relayTo(sink, spawned.child.stdout),
    outlets.stderr.relayTo(sink, spawned.child.stderr),
  ]
  const drained = Promise.all(relays.map(relay => relay?.ended))
  const end = await waitForEnd({ exited: spawned.exited, signal, timeoutMs })
  if (end.kind === 'exited') await settleRest(job, drained)
  else await stopJob(job, 'all')
  await happensWithin(drained, DRAIN_MS)
  for (const relay of relays) relay?.letGo()
  // One that not even KILL ended shall not keep this process from ending.
  spawned.child.unref()
  return end
}
