import { type Debrief, type DrillRecord, type DrillRun, fillHandles } from '../../drill/index.ts'
import { createSessionId } from '../../runtime/index.ts'
import { toolName } from '../version.ts'
import { writeDrillRecord } from './drill-records.ts'
import { bookScore } from './score-book.ts'
import { traineeHere } from './trainee-here.ts'

/** How a finished drill was kept: the id of its record where there is one, and in sentences what was not kept. */
export type BookedDrill = { readonly recordId: string | undefined; readonly problems: readonly string[] }

const recordOf = (run: DrillRun, debrief: Debrief, finishedAt: string): DrillRecord => {
  const { name, title, layer, level, parMinutes, story } = run.drill
  return {
    format: 1,
    id: createSessionId(finishedAt),
    tool: toolName,
    trainee: traineeHere(),
    finishedAt,
    drill: { name, title, layer, level, parMinutes, story: fillHandles(run.world, story.trim()) },
    log: run.log(),
    debrief,
  }
}

/** Keeps a finished drill: its score in the book, and a record from which its report is drawn. */
export const bookDrill = (stateDir: string, run: DrillRun, debrief: Debrief): BookedDrill => {
  const record = recordOf(run, debrief, new Date().toISOString())
  const notBooked = bookScore(stateDir, record)
  const notKept = writeDrillRecord(stateDir, record)
  return {
    recordId: notKept === undefined ? record.id : undefined,
    problems: [notBooked, notKept].filter(problem => problem !== undefined),
  }
}
