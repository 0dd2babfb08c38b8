import { basename } from 'node:path'
import { ownerOf, readSession, type StoredSession, sessionFolders } from '../runtime/index.ts'
import type { Library } from '../session/index.ts'
import { loadBundledLibrary, loadLibrary } from './load-library.ts'
import { UserError } from './user-error.ts'

const missing = (message: string): UserError =>
  new UserError({
    code: 'E_CLI_SESSION_UNKNOWN',
    message,
    hint: '"runtree sessions" lists the sessions that are kept; --state-dir names another place.',
  })

/** The folder of the session that an id, or the beginning of one, names; the newest without one. A UserError when there is none. */
export const sessionFolderOf = (stateDir: string, id = ''): string => {
  const fitting = sessionFolders(stateDir).filter(path => basename(path).startsWith(id))
  const exact = fitting.find(path => basename(path) === id)
  const [first, second] = fitting
  if (first === undefined)
    throw missing(id === '' ? 'No session is kept yet.' : `There is no session "${id}".`)
  if (id !== '' && exact === undefined && second !== undefined) {
    const names = fitting.slice(0, 5).map(path => basename(path))
    throw missing(`Several sessions begin with "${id}": ${names.join(', ')}.`)
  }
  return exact ?? first
}

/** An earlier session by its id or the beginning of it; the newest without one. A UserError when there is none or it cannot be read. */
export const findSession = (stateDir: string, id: string | undefined): StoredSession => {
  const path = sessionFolderOf(stateDir, id)
  const stored = readSession(path)
  if (!stored.ok) throw missing(`The session ${basename(path)} cannot be read: ${stored.error}`)
  return stored.value
}

/**
 * The runbooks that a session walks: runtree's own, or the document that it began with where that was another one; `undefined` where
 * that cannot be told. A UserError when the document is no longer there.
 */
export const libraryOf = ({ header }: StoredSession): Library | undefined => {
  if (header.origin !== undefined) return loadLibrary(header.origin).library
  const bundled = loadBundledLibrary()
  return bundled.trees.has(header.runbook) ? bundled : undefined
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
