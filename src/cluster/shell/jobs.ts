import { advance, passMoment } from '../laws/advance.ts'
import type { FreeProcess, Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import type { Reply } from './program.ts'
import { createTask, errandOf, foreignOf, nextTurnOf, type Task, turn, wake } from './tasks.ts'

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
  /** Set for what somebody else than this shell began: it stands in no list of its jobs, writes to nobody's terminal, and outlives the session. */
  readonly isForeign?: boolean
  /** Whether what it ran for is over, which ends it as a signal would. */
  readonly isOver?: () => boolean
}

/**
 * What begins jobs at times of its own: when it next does so before a point of time, and doing so. `isDue` tells after each step of the
 * world whether something is to begin now that nobody could foresee.
 */
export type Alarm = {
  readonly nextMs: (untilMs: number) => number
  readonly ring: () => Promise<void>
  readonly isDue?: () => boolean
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
  /** Takes what a job writes while it runs. */
  readonly say: (stdout: string) => void
  /** What jobs have written since this was last asked. */
  readonly takeOutput: () => Output
}

const removeProcess = ({ machine, process }: Job): void => {
  machine.processes = machine.processes.filter(other => other !== process)
}

const silence: Output = { stdout: '', stderr: '' }

/** Keeps what is written until somebody takes it. */
const createOutput = () => {
  let output = silence
  return {
    add: ({ stdout = '', stderr = '' }: Reply): void => {
      output = { stdout: output.stdout + stdout, stderr: output.stderr + stderr }
    },
    take: (): Output => {
      const taken = output
      output = silence
      return taken
    },
  }
}

/** A session's own jobs in the order of their numbers. */
const listed = (ended: readonly Job[], own: Iterable<Task>): readonly Job[] =>
  [...ended, ...Array.from(own, ({ job }) => job)].sort((a, b) => a.number - b.number)

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

type Goings = { readonly alarm: Alarm; readonly tasks: () => readonly Task[] }

/** Lets time pass from turn to turn and from alarm to alarm. */
const passWith = async (world: World, { alarm, tasks }: Goings, ms: number): Promise<void> => {
  const untilMs = world.nowMs + ms
  do {
    const alarmMs = alarm.nextMs(untilMs)
    const turnMs = Math.min(nextTurnOf(tasks()), alarmMs)
    if (turnMs >= untilMs) passMoment(world, untilMs - world.nowMs, alarm.isDue)
    else advance(world, Math.max(0, turnMs - world.nowMs), alarm.isDue)
    if (alarmMs <= world.nowMs || alarm.isDue?.() === true) await alarm.ring()
    await wake(world, tasks())
  } while (world.nowMs < untilMs)
}

/** Creates the jobs of a session. */
export const createJobs = (world: World, alarm: Alarm = noAlarm): Jobs => {
  const own = new Set<Task>()
  const foreign = foreignOf(world)
  const tasks = (): readonly Task[] => [...own, ...foreign]
  let ended: Job[] = []
  const written = createOutput()

  const finish = (task: Task, reply: Reply): void => {
    const { job } = task
    job.end = task.abort.signal.aborted ? 'killed' : 'done'
    job.exit = reply.exit ?? 0
    own.delete(task)
    foreign.delete(task)
    if (!task.isForeign) {
      written.add(reply)
      ended.push(job)
    }
    removeProcess(job)
    task.rest()
  }

  return {
    nextMs: () => nextTurnOf(tasks()),
    list: () => listed(ended, own),
    start: async order => {
      const { machine, process, run } = order
      const number = 1 + Math.max(0, ...listed(ended, own).map(job => job.number))
      const job: Job = { number, machine, process, end: undefined, exit: 0 }
      const task = createTask(job, order)
      const kept = task.isForeign ? foreign : own
      kept.add(task)
      machine.processes.push(process)
      await turn(
        task,
        () => void runToItsEnd(job, () => run(errandOf(world, task))).then(reply => finish(task, reply)),
      )
      return job
    },
    pass: ms => passWith(world, { alarm, tasks }, ms),
    takeEnded: () => {
      const taken = ended
      ended = []
      return taken
    },
    say: stdout => written.add({ stdout }),
    takeOutput: written.take,
  }
}
