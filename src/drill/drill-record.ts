import type { Debrief } from './debrief.ts'
import type { DrillLog } from './drill-log.ts'
import type { Drill } from './types.ts'

/** A finished drill with all that is told of it later, whatever has become of its file. `finishedAt` is an ISO 8601 instant of real time. */
export type DrillRecord = {
  readonly format: 1
  readonly id: string
  /** `runtree 0.1.0` */
  readonly tool: string
  readonly trainee: string
  readonly finishedAt: string
  /** The drill, its story in the world's own names. */
  readonly drill: Pick<Drill, 'name' | 'title' | 'layer' | 'level' | 'parMinutes' | 'story'>
  readonly log: DrillLog
  readonly debrief: Debrief
}
