import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { foundCauses } from '../session/index.ts'
import { readSession } from './read-session.ts'
import { ownerOf } from './session-lock.ts'
import { sessionsFolder } from './session-paths.ts'
import type { SessionList, SessionSummary, StoredSession } from './types.ts'

/** How many sessions are read when nobody says otherwise: each costs the reading of its journal. */
const DEFAULT_LIMIT = 50

const namesNewestFirst = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter(entry => entry.isDirectory())
      .map(({ name }) => name)
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

/** The names tell sessions of one second apart by chance alone. */
const newestFirst = (one: SessionSummary, other: SessionSummary): number =>
  Date.parse(other.header.startedAt) - Date.parse(one.header.startedAt)

/** The newest sessions under a state directory, at most `limit`. One that cannot be read is listed with the reason. Never throws. */
export const listSessions = (stateDir: string, limit: number = DEFAULT_LIMIT): SessionList => {
  const folder = sessionsFolder(stateDir)
  const read = namesNewestFirst(folder)
    .slice(0, limit)
    .map(name => ({ path: join(folder, name), result: readSession(join(folder, name)) }))
  return {
    sessions: read.flatMap(({ result }) => (result.ok ? [summaryOf(result.value)] : [])).sort(newestFirst),
    broken: read.flatMap(({ path, result }) => (result.ok ? [] : [{ path, reason: result.error }])),
  }
}
