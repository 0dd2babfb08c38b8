import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { foundCauses } from '../session/index.ts'
import { readSession } from './read-session.ts'
import { ownerOf } from './session-lock.ts'
import { sessionsFolder } from './session-paths.ts'
import type { SessionList, SessionSummary, StoredSession } from './types.ts'

/** How many sessions are read when nobody says otherwise: each costs the reading of its journal. */
const DEFAULT_LIMIT = 50

/** The folders of all sessions under a state directory, newest first; none where there is no such directory. */
export const sessionFolders = (stateDir: string): readonly string[] => {
  const folder = sessionsFolder(stateDir)
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter(entry => entry.isDirectory() && !entry.name.startsWith('.'))
      .map(({ name }) => join(folder, name))
      .sort()
      .reverse()
  } catch {
    return []
  }
}

const summaryOf = ({ header, session, path }: StoredSession): SessionSummary => {
  const owner = ownerOf(path)
  return {
    header,
    status: session.closed ?? 'open',
    steps: session.path.length,
    commands: [...session.runs.values()].filter(({ outcome }) => outcome !== undefined).length,
    causes: foundCauses(session).map(({ cause }) => cause),
    path,
    ...(owner === undefined ? {} : { owner }),
  }
}

/** The newest sessions under a state directory, at most `limit`. One that cannot be read is listed with the reason. Never throws. */
export const listSessions = (stateDir: string, limit: number = DEFAULT_LIMIT): SessionList => {
  const read = sessionFolders(stateDir)
    .slice(0, limit)
    .map(path => ({ path, result: readSession(path) }))
  return {
    sessions: read.flatMap(({ result }) => (result.ok ? [summaryOf(result.value)] : [])),
    broken: read.flatMap(({ path, result }) => (result.ok ? [] : [{ path, reason: result.error }])),
  }
}
