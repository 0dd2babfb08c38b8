import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fail, type Result, reasonOf, succeed } from '../base/index.ts'
import { decodeJournal, isPending, replay } from '../session/index.ts'
import { journalFile } from './session-paths.ts'
import type { StoredSession } from './types.ts'

/** The text of a session's journal, by the path of its folder; a sentence when it cannot be read. */
export const readJournalText = (path: string): Result<string, string> => {
  try {
    return succeed(readFileSync(join(path, journalFile), 'utf8'))
  } catch (error) {
    return fail(`The journal cannot be read: ${reasonOf(error)}.`)
  }
}

/** An earlier session by the path of its folder, replayed; a sentence when there is none or its journal is broken. Never throws. */
export const readSession = (path: string): Result<StoredSession, string> => {
  const text = readJournalText(path)
  if (!text.ok) return text
  const decoded = decodeJournal(text.value)
  if (!decoded.ok) return fail(decoded.error.message)
  const session = replay(decoded.value.events)
  if (session.current === undefined) return fail('Its journal ends before anything happened in it.')
  const unfinished = session.closed === undefined ? [...session.runs.values()].filter(isPending) : []
  return succeed({ ...decoded.value, session, unfinished, path })
}
