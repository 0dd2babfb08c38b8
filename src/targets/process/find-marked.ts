import { markerName } from './job.ts'
import { listProcesses, wasStartedWith } from './list-processes.ts'

/** The ids of all processes that carry a run's marker in their environment; none without /proc. */
export const findMarked = (marker: string): readonly number[] =>
  (listProcesses() ?? [])
    .map(entry => entry.pid)
    .filter(pid => wasStartedWith(pid, `${markerName}=${marker}`))
