import type { World } from '../world/world.ts'
import { type Attention, createAttention, type Listening, type Pause } from './attention.ts'
import type { Reply } from './program.ts'

const USUAL_MS = 20
/** A follower that nobody can stop is stopped after this much simulated time. */
const PATIENCE_MS = 30_000
const SECOND_MS = 1_000
const SIGINT_STATUS = 130

/** Lets simulated time pass for the commands of a shell, and stops them at deadlines or when they are unwanted. */
export type Timekeeper = {
  /** Sleeps; where a person watches, a moment passes for them too. */
  readonly sleep: (ms: number) => Promise<void>
  /** Lets simulated time pass up to a deadline, and nobody wait for it. */
  readonly pass: (ms: number) => Promise<void>
  /** Whether a person sees output as it comes. */
  readonly isWatched: () => boolean
  /** Gives a text to the person who watches; `false` where nobody does. */
  readonly show: (text: string) => boolean
  /** Whether what runs must end now: at a deadline, by hand, or because it goes on without an end. Asked at each turn of a loop. */
  readonly isDue: () => Promise<boolean>
  readonly deadlineMs: () => number | undefined
  /** Passes the time that a reply took and follows it to its end where it goes on; what a deadline cuts off is not told. */
  readonly spend: (reply: Reply) => Promise<Reply>
  readonly untilDeadline: (deadlineMs: number, work: () => Promise<Reply>) => Promise<Reply>
  /** Gives a follower's output as it comes while `work` runs. */
  readonly live: (listener: Listening, work: () => Promise<Reply>) => Promise<Reply>
}

/** A follower on its way: until when, in whose sight, and what brings its next second. */
type Way = { readonly endMs: number; readonly attention: Attention; readonly second: () => Promise<void> }

const followTo = async (
  reply: Reply,
  { world, way }: { readonly world: World; readonly way: Way },
): Promise<Reply> => {
  const { stdout = '', exit, follow } = reply
  const kept: string[] = []
  const say = way.attention.output() ?? ((text: string): void => void kept.push(text))
  say(stdout)
  while (world.nowMs < way.endMs && !way.attention.isStopped() && follow?.isOver?.() !== true) {
    await way.second()
    say((await follow?.next()) ?? '')
  }
  const last = follow?.isOver?.() === true ? { stdout: '', exit: exit ?? 0 } : follow?.end?.()
  say(last?.stdout ?? '')
  return { stdout: kept.join(''), stderr: reply.stderr ?? '', exit: last?.exit ?? SIGINT_STATUS }
}

/** How a timekeeper lets time pass: `pause` in real time, `pass` in the world. */
export type TimeSetup = {
  readonly pause: Pause
  readonly pass: (ms: number) => Promise<void>
  /** How long a follower goes on that nobody can stop. */
  readonly patienceMs?: number
  /** What stops it for good. */
  readonly signal?: AbortSignal
}

/** Creates the timekeeper of one shell. Only what is shown as it comes waits in real time. */
export const createTimekeeper = (world: World, setup: TimeSetup): Timekeeper => {
  const { pause, signal, patienceMs = PATIENCE_MS } = setup
  const deadlines: number[] = []
  const attention = createAttention(pause)
  attention.begin({ signal })
  const deadlineMs = (): number | undefined => (deadlines.length === 0 ? undefined : Math.min(...deadlines))
  const lastMs = (): number => deadlineMs() ?? Number.POSITIVE_INFINITY
  const pass = (ms: number): Promise<void> => setup.pass(Math.max(0, Math.min(ms, lastMs() - world.nowMs)))

  const follow = (reply: Reply): Promise<Reply> => {
    const unwatchedMs = attention.output() === undefined ? world.nowMs + patienceMs : Number.POSITIVE_INFINITY
    const endMs = Math.min(lastMs(), unwatchedMs)
    const second = async (): Promise<void> => {
      await attention.wait()
      await setup.pass(Math.min(SECOND_MS, endMs - world.nowMs))
    }
    return followTo(reply, { world, way: { endMs, attention, second } })
  }

  return {
    pass,
    sleep: async ms => {
      attention.countCommand()
      if (ms > 0) await attention.wait()
      if (!attention.isStopped()) await pass(ms)
    },
    isWatched: () => attention.output() !== undefined,
    show: text => {
      attention.output()?.(text)
      return attention.output() !== undefined
    },
    isDue: async () => (await attention.isOver()) || world.nowMs >= lastMs(),
    deadlineMs,
    spend: async reply => {
      attention.countCommand()
      const { tookMs = USUAL_MS } = reply
      // What waited by itself until its time was up has said what it says by then.
      const isLate = world.nowMs >= lastMs()
      const isCut = world.nowMs + tookMs > lastMs()
      await pass(tookMs)
      const { follow: following, ...said } = reply
      if (isLate) return { ...said, exit: 143 }
      if (isCut) return { exit: 143 }
      return following === undefined ? reply : follow(reply)
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
      attention.begin(listener)
      try {
        return await work()
      } finally {
        attention.begin({})
      }
    },
  }
}
