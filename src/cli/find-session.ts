import {
  listSessions,
  ownerOf,
  readSession,
  type SessionSummary,
  type StoredSession,
} from '../runtime/index.ts'
import { UserError } from './user-error.ts'

const missing = (message: string): UserError =>
  new UserError({
    code: 'E_CLI_SESSION_UNKNOWN',
    message,
    hint: '"runtree sessions" lists the sessions that are kept; --state-dir names another place.',
  })

const chosen = (id: string | undefined, sessions: readonly SessionSummary[]): SessionSummary => {
  const fitting = sessions.filter(({ header }) => id === undefined || header.sessionId.startsWith(id))
  const exact = fitting.find(({ header }) => header.sessionId === id)
  const [first, second] = fitting
  if (first === undefined)
    throw missing(id === undefined ? 'No session is kept yet.' : `There is no session "${id}".`)
  if (id !== undefined && exact === undefined && second !== undefined)
    throw missing(
      `Several sessions begin with "${id}": ${fitting
        .slice(0, 5)
        .map(one => one.header.sessionId)
        .join(', ')}.`,
    )
  return exact ?? first
}

/** An earlier session by its id or the beginning of it; the newest without one. A UserError when there is none or it cannot be read. */
export const findSession = (stateDir: string, id: string | undefined): StoredSession => {
  const { sessions, broken } = listSessions(stateDir, Number.POSITIVE_INFINITY)
  const unreadable = broken.find(({ path }) => id !== undefined && path.endsWith(id))
  if (unreadable !== undefined) throw missing(`The session "${id}" cannot be read: ${unreadable.reason}`)
  const stored = readSession(chosen(id, sessions).path)
  if (!stored.ok) throw missing(stored.error)
  return stored.value
}

/** Refuses a session that another process has open. */
export const refuseOwned = ({ path, header }: StoredSession): void => {
  const owner = ownerOf(path)
  if (owner === undefined) return
  throw new UserError({
    code: 'E_CLI_SESSION_OPEN',
    message: `The session ${header.sessionId} is open in another runtree (process ${owner}).`,
    hint: 'Leave it there first, or begin a new session.',
  })
}
