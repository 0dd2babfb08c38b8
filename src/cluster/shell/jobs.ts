import { advance, passMoment } from '../laws/advance.ts'
import type { FreeProcess, Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import type { Reply } from './program.ts'

/** A command in the background, as the shell that began it knows it. Its process and it end together. */
export type Job = {
  readonly number: number
  readonly machine: Machine
  readonly process: FreeProcess
  /** How it ended; `undefined` while it runs. */
  end: 'done' | 'killed' | undefined
  exit: number
}

/** What a job is given: a way to wait for simulated time, and word of its being killed. */
export type Errand = {
  readonly wait: (ms: number) => Promise<void>
  readonly signal: AbortSignal
}

/** What was written, by stream. */
type Output = { readonly stdout: string; readonly stderr: string }

/** What is to run in the background. */
export type JobOrder = {
  readonly machine: Machine
  readonly process: FreeProcess
  readonly run: (errand: Errand) => Promise<Reply>
  /** Set for what somebody else than this shell began: it stands in no list of its jobs and writes to nobody's terminal. */
  readonly isForeign?: boolean
}

/** What begins jobs at times of its own: when it next does so before a point of time, and doing so. */
export type Alarm = {
  readonly nextMs: (untilMs: number) => number
  readonly ring: () => Promise<void>
}

/** The jobs of one session, which go on while its time passes. */
export type Jobs = {
  readonly list: () => readonly Job[]
  readonly start: (order: JobOrder) => Promise<Job>
  /** Lets simulated time pass, each job having its turns. */
  readonly pass: (ms: number) => Promise<void>
  /** When the next of them has its turn. */
  readonly nextMs: () => number
  /** Forgets the jobs that have ended, and gives them. */
  readonly takeEnded: () => readonly Job[]
  /** What jobs have written since this was last asked. */
  readonly takeOutput: () => Output
}

type Task = {
  readonly job: Job
  readonly isForeign: boolean
  readonly abort: AbortController
  dueMs: number
  turns: number
  resume: () => void
  /** Tells that it waits again, or has ended. */
  rest: () => void
}

/** A job that has had so many turns waits at least a second for its next: nobody sees the difference. */
const QUICK_TURNS = 100
const SECOND_MS = 1_000

const isGone = ({ machine, process }: Job): boolean => !machine.processes.includes(process)

const removeProcess = ({ machine, process }: Job): void => {
  machine.processes = machine.processes.filter(other => other !== process)
}

/** Gives a task its turn, until it waits again or ends. */
const turn = (task: Task, act: () => void): Promise<void> =>
  new Promise(resolve => {
    task.rest = resolve
    act()
  })

const createTask = (job: Job, isForeign: boolean): Task => ({
  job,
  isForeign,
  abort: new AbortController(),
  dueMs: Number.POSITIVE_INFINITY,
  turns: 0,
  resume: () => undefined,
  rest: () => undefined,
})

const errandOf = (world: World, task: Task): Errand => ({
  signal: task.abort.signal,
  wait: ms => {
    if (ms <= 0 || task.abort.signal.aborted) return Promise.resolve()
    task.turns += 1
    task.dueMs = world.nowMs + (task.turns > QUICK_TURNS ? Math.max(ms, SECOND_MS) : ms)
    return new Promise(resolve => {
      task.resume = resolve
      task.rest()
    })
  },
})

/** Gives each task a turn whose time has come or whose process is gone. */
const wake = async ({ nowMs }: World, tasks: readonly Task[]): Promise<void> => {
  for (const task of tasks) {
    if (isGone(task.job)) task.abort.abort()
    if (task.dueMs > nowMs && !task.abort.signal.aborted) continue
    task.dueMs = Number.POSITIVE_INFINITY
    await turn(task, () => task.resume())
  }
}

const silence: Output = { stdout: '', stderr: '' }

const joined = (before: Output, { stdout = '', stderr = '' }: Reply): Output => ({
  stdout: before.stdout + stdout,
  stderr: before.stderr + stderr,
})

/** Jobs in the order of their numbers; what is foreign has none. */
const listed = (ended: readonly Job[], tasks: readonly Task[]): readonly Job[] =>
  [...ended, ...tasks.filter(task => !task.isForeign).map(({ job }) => job)].sort(
    (a, b) => a.number - b.number,
  )

/** A program that breaks ends its job with an error: whoever waits for the job goes on. */
const runToItsEnd = async ({ process }: Job, run: () => Promise<Reply>): Promise<Reply> => {
  try {
    return await run()
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { stderr: `bash: ${process.command}: ended by an error of the simulation: ${why}\n`, exit: 70 }
  }
}

const noAlarm: Alarm = { nextMs: () => Number.POSITIVE_INFINITY, ring: async () => undefined }

/** Creates the jobs of a session. */
export const createJobs = (world: World, alarm: Alarm = noAlarm): Jobs => {
  let tasks: Task[] = []
  let ended: Job[] = []
  let output = silence

  const finish = (task: Task, reply: Reply): void => {
    const { job } = task
    job.end = task.abort.signal.aborted ? 'killed' : 'done'
    job.exit = reply.exit ?? 0
    tasks = tasks.filter(other => other !== task)
    if (!task.isForeign) {
      output = joined(output, reply)
      ended.push(job)
    }
    removeProcess(job)
    task.rest()
  }

  const nextMs = (): number => Math.min(...tasks.map(({ dueMs }) => dueMs))
  return {
    nextMs,
    list: () => listed(ended, tasks),
    start: async ({ machine, process, run, isForeign = false }) => {
      const number = 1 + Math.max(0, ...listed(ended, tasks).map(job => job.number))
      const job: Job = { number, machine, process, end: undefined, exit: 0 }
      const task = createTask(job, isForeign)
      tasks.push(task)
      machine.processes.push(process)
      await turn(
        task,
        () => void runToItsEnd(job, () => run(errandOf(world, task))).then(reply => finish(task, reply)),
      )
      return job
    },
    pass: async ms => {
      const untilMs = world.nowMs + ms
      for (;;) {
        const alarmMs = alarm.nextMs(untilMs)
        const turnMs = Math.min(nextMs(), alarmMs)
        if (turnMs >= untilMs) break
        advance(world, Math.max(0, turnMs - world.nowMs))
        if (alarmMs <= world.nowMs) await alarm.ring()
        await wake(world, tasks)
      }
      passMoment(world, untilMs - world.nowMs)
      if (tasks.length > 0) await wake(world, tasks)
    },
    takeEnded: () => {
      const taken = ended
      ended = []
      return taken
    },
    takeOutput: () => {
      const taken = output
      output = silence
      return taken
    },
  }
}
