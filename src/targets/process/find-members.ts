import { type Job, markerName } from './job.ts'
import { listProcesses, type ProcessEntry, wasStartedWith } from './list-processes.ts'

/** Which of a job's processes are meant: those that stayed in its session, or also those that left it. */
export type Reach = 'session' | 'all'

/** Gives the ids below which everything descends from `root`, itself included. */
const descendantsOf = (root: number, processes: readonly ProcessEntry[]): ReadonlySet<number> => {
  const children = Map.groupBy(processes, entry => entry.parent)
  const found = new Set([root])
  for (const pid of found) for (const child of children.get(pid) ?? []) found.add(child.pid)
  return found
}

/** Tells whether a signal could reach a process, or a group when the id is negative. */
export const exists = (id: number): boolean => {
  try {
    return process.kill(id, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** A group is signaled at once, so that a process forked meanwhile does not slip through. */
const idOf = (entry: ProcessEntry, job: Job): number =>
  job.session === 'own' && entry.group === job.pid ? -job.pid : entry.pid

/** The living processes of a job, and the ids to signal in order to reach them, where the process group is one negative id. */
export type Members = { readonly pids: readonly number[]; readonly ids: readonly number[] }

/**
 * Those that left the session are found as descendants and by the marker in their environment. Without /proc only the group is
 * known, and no process of it.
 */
export const findMembers = (job: Job, reach: Reach): Members => {
  const processes = listProcesses()
  const home = job.session === 'own' ? -job.pid : job.pid
  if (processes === undefined) return { pids: [], ids: exists(home) ? [home] : [] }
  const descendants = descendantsOf(job.pid, processes)
  const isMember = (entry: ProcessEntry): boolean =>
    (job.session === 'own' && entry.session === job.pid) ||
    (reach === 'all' &&
      (descendants.has(entry.pid) || wasStartedWith(entry.pid, `${markerName}=${job.marker}`)))
  const members = processes.filter(isMember)
  return {
    pids: members.map(entry => entry.pid),
    ids: [...new Set(members.map(entry => idOf(entry, job)))],
  }
}
