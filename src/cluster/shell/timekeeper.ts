import { advance } from '../laws/advance.ts'
import type { World } from '../world/world.ts'
import type { Reply } from './program.ts'

const USUAL_MS = 20
/** A follower that nobody can stop is stopped after this much simulated time. */
const PATIENCE_MS = 30_000
const SECOND_MS = 1_000
const SIGINT_STATUS = 130

/** Who takes a follower's output as it comes, and what stops it. */
export type Listening = {
  readonly onOutput?: ((text: string) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

/** Lets simulated time pass for the commands of a shell, and stops them at deadlines or when they are unwanted. */
export type Timekeeper = {
  readonly pass: (ms: number) => void
  readonly deadlineMs: () => number | undefined
  /** Passes the time that a reply took and follows it to its end where it goes on; what a deadline cuts off is not told. */
  readonly spend: (reply: Reply) => Promise<Reply>
  readonly untilDeadline: (deadlineMs: number, work: () => Promise<Reply>) => Promise<Reply>
  /** Gives a follower's output as it comes while `work` runs. */
  readonly live: (listener: Listening, work: () => Promise<Reply>) => Promise<Reply>
}

/** Waits in real time until a simulated second is due, or until the signal says stop. */
export type Pause = (signal: AbortSignal | undefined) => Promise<void>

/** Creates the timekeeper of one shell. Only a follower whose output is shown as it comes waits in real time. */
export const createTimekeeper = (world: World, pause: Pause): Timekeeper => {
  const deadlines: number[] = []
  let output: ((text: string) => void) | undefined
  let stop: AbortSignal | undefined
  const deadlineMs = (): number | undefined => (deadlines.length === 0 ? undefined : Math.min(...deadlines))
  const isStopped = (): boolean => stop?.aborted === true
  const pass = (ms: number): void =>
    advance(world, Math.max(0, Math.min(ms, (deadlineMs() ?? Infinity) - world.nowMs)))

  const follow = async ({ stdout = '', stderr = '', exit, follow }: Reply): Promise<Reply> => {
    const endMs = Math.min(
      deadlineMs() ?? Infinity,
      output === undefined ? world.nowMs + PATIENCE_MS : Infinity,
    )
    const kept: string[] = []
    const say = output ?? ((text: string): void => void kept.push(text))
    say(stdout)
    while (world.nowMs < endMs && !isStopped() && follow?.isOver?.() !== true) {
      if (output !== undefined) await pause(stop)
      advance(world, Math.min(SECOND_MS, endMs - world.nowMs))
      say((await follow?.next()) ?? '')
    }
    const last = follow?.isOver?.() === true ? { stdout: '', exit: exit ?? 0 } : follow?.end?.()
    say(last?.stdout ?? '')
    return { stdout: kept.join(''), stderr, exit: last?.exit ?? SIGINT_STATUS }
  }

  return {
    pass,
    deadlineMs,
    spend: async reply => {
      const { tookMs = USUAL_MS } = reply
      const isCut = world.nowMs + tookMs > (deadlineMs() ?? Infinity)
      pass(tookMs)
      if (isCut) return { exit: 143 }
      return reply.follow === undefined ? reply : follow(reply)
    },
    untilDeadline: async (deadline, work) => {
      deadlines.push(deadline)
      try {
        return await work()
      } finally {
        deadlines.splice(deadlines.lastIndexOf(deadline), 1)
      }
    },
    live: async (listener, work) => {
      output = listener.onOutput
      stop = listener.signal
      try {
        return await work()
      } finally {
        output = undefined
        stop = undefined
      }
    },
  }
}
