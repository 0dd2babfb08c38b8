import type { World } from '../world/world.ts'
import type { Errand, Job, JobOrder } from './jobs.ts'

/** A job on its way, and what its turns are given by. */
export type Task = {
  readonly job: Job
  readonly isForeign: boolean
  readonly isOver: () => boolean
  readonly abort: AbortController
  dueMs: number
  turns: number
  resume: () => void
  /** Tells that it waits again, or has ended. */
  rest: () => void
}

/** A job that has had so many turns without a rest waits a second for its next: nobody sees the difference. */
const QUICK_TURNS = 100
const SECOND_MS = 1_000

const isGone = ({ job: { machine, process }, isOver }: Task): boolean =>
  !machine.processes.includes(process) || isOver()

/** Gives a task its turn, until it waits again or ends. */
export const turn = (task: Task, act: () => void): Promise<void> =>
  new Promise(resolve => {
    task.rest = resolve
    act()
  })

/** A job that begins now. */
export const createTask = (job: Job, { isForeign = false, isOver = () => false }: JobOrder): Task => ({
  job,
  isForeign,
  isOver,
  abort: new AbortController(),
  dueMs: Number.POSITIVE_INFINITY,
  turns: 0,
  resume: () => undefined,
  rest: () => undefined,
})

/** What a task is given to wait by. */
export const errandOf = (world: World, task: Task): Errand => ({
  signal: task.abort.signal,
  wait: ms => {
    if (ms <= 0 || task.abort.signal.aborted) return Promise.resolve()
    task.turns = ms < SECOND_MS ? task.turns + 1 : 0
    task.dueMs = world.nowMs + (task.turns > QUICK_TURNS ? Math.max(ms, SECOND_MS) : ms)
    return new Promise(resolve => {
      task.resume = resolve
      task.rest()
    })
  },
})

/** When the next of them has its turn. */
export const nextTurnOf = (tasks: readonly Task[]): number => Math.min(...tasks.map(({ dueMs }) => dueMs))

/** Gives each task a turn whose time has come or whose process is gone. */
export const wake = async ({ nowMs }: World, tasks: readonly Task[]): Promise<void> => {
  for (const task of tasks) {
    if (isGone(task)) task.abort.abort()
    if (task.dueMs > nowMs && !task.abort.signal.aborted) continue
    task.dueMs = Number.POSITIVE_INFINITY
    await turn(task, () => task.resume())
  }
}

/** What goes on in a world whoever looks at it, until it ends. */
const foreignTasks = new WeakMap<World, Set<Task>>()

/** The tasks of a world that belong to no session. */
export const foreignOf = (world: World): Set<Task> => {
  const known = foreignTasks.get(world) ?? new Set()
  foreignTasks.set(world, known)
  return known
}
