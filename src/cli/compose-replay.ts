import { readBody, type StoredSession } from '../runtime/index.ts'
import { type Run, secretParts } from '../session/index.ts'
import { createReplayExecutor, type Executor, type Recording } from '../targets/index.ts'
import { defaultStateDir } from './default-state-dir.ts'
import { findSession } from './find-session.ts'
import type { SessionSettings } from './session-settings.ts'

const nothingPrinted = { firstLine: 1, lines: [], totalLines: 0, totalBytes: 0 }

const recordingOf =
  ({ path }: StoredSession) =>
  (run: Run): readonly Recording[] => {
    const { line, sealed, place, outcome } = run
    if (outcome === undefined) return []
    const output: Recording['output'] = () => (run.totalLines === 0 ? nothingPrinted : readBody(path, run))
    return [{ parts: sealed === undefined ? [line] : secretParts(sealed), place, outcome, output }]
  }

/** The executor that answers from an earlier session, by its id or the beginning of it; a UserError when there is none. */
export const composeReplay = (id: string, { stateDir }: Pick<SessionSettings, 'stateDir'>): Executor => {
  const stored = findSession(stateDir ?? defaultStateDir(process.env), id)
  const { header, session } = stored
  const runs = [...session.runs.values()]
  return createReplayExecutor({
    target: { name: `replay:${header.sessionId}`, host: header.host },
    recordings: runs.flatMap(recordingOf(stored)),
    hostOf: place => runs.find(run => run.place === place)?.machine?.host,
  })
}
