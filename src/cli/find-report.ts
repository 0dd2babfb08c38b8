import { basename } from 'node:path'
import { composeDrillReport, composeReport, type DrillReport, type Report } from '../report/index.ts'
import { missingOutputs, readBody, type StoredSession, sessionFolders } from '../runtime/index.ts'
import type { Library, Run } from '../session/index.ts'
import { drillRecordIds, readDrillRecord } from './drill/drill-records.ts'
import { findSession, libraryOf } from './find-session.ts'
import { loadKnowledge } from './load-knowledge.ts'
import { loadBundledLibrary } from './load-library.ts'
import { UserError } from './user-error.ts'

/** Titles come from the runbooks as they are today; a document that has gone leaves the ids of its steps. */
const libraryFor = (stored: StoredSession): Library => {
  try {
    return libraryOf(stored) ?? loadBundledLibrary()
  } catch {
    return loadBundledLibrary()
  }
}

/** A report shows the end of an output: reading more of thousands of them would cost seconds. */
const REPORT_BOUND = { maxBytes: 256 * 1024, maxLines: 2_000 }

const reportOfSession = (stored: StoredSession): Report => {
  const { header, events, session, path } = stored
  const outputOf = (run: Run) => readBody(path, run, REPORT_BOUND)
  const remarks = [...stored.notices, ...missingOutputs(stored)]
  return composeReport({ header, events, session, library: libraryFor(stored), outputOf, remarks })
}

const reportOfDrill = (stateDir: string, id: string): DrillReport => {
  const record = readDrillRecord(stateDir, id)
  const { causes } = loadKnowledge()
  if (record.ok) return composeDrillReport({ record: record.value, causeOf: cause => causes.get(cause) })
  throw new UserError({
    code: 'E_CLI_DRILL_RECORD',
    message: `The drill ${id} cannot be read: ${record.error}`,
    hint: '"runtree drill scores" still has its score.',
  })
}

/** The one drill that is meant: newer than every session where nothing is named, else named where no session is. */
const drillMeant = (stateDir: string, id: string | undefined): string | undefined => {
  const sessions = sessionFolders(stateDir).map(path => basename(path))
  const drills = drillRecordIds(stateDir)
  const [newest] = drills
  if (id === undefined) return newest !== undefined && newest > (sessions[0] ?? '') ? newest : undefined
  if (drills.includes(id)) return id
  const fitting = drills.filter(drill => drill.startsWith(id))
  const isSession = sessions.some(session => session.startsWith(id))
  return fitting.length === 1 && !isSession ? fitting[0] : undefined
}

/** The report of the session or finished drill that an id names, or the beginning of one; of the newest without. A UserError when there is none. */
export const findReport = (stateDir: string, id: string | undefined): Report | DrillReport => {
  const drill = drillMeant(stateDir, id)
  return drill === undefined ? reportOfSession(findSession(stateDir, id)) : reportOfDrill(stateDir, drill)
}
