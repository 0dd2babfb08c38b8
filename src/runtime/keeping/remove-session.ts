import { renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fail, type Result, reasonOf, succeed } from '../../base/index.ts'
import { lockSession, ownerOf, unlockSession } from '../session-lock.ts'
import { namesIn, sessionsFolder } from '../session-paths.ts'

/** Begins the name of a folder that is being removed: no session has one like it. */
const GONE = '.gone-'

/** Removes a session whole, by the path of its folder: it is there, or it is not. A sentence when it is open or cannot be removed. */
export const removeSession = (path: string): Result<undefined, string> => {
  try {
    lockSession(path)
  } catch (error) {
    return fail(reasonOf(error))
  }
  try {
    const gone = join(dirname(path), `${GONE}${basename(path)}`)
    renameSync(path, gone)
    rmSync(gone, { recursive: true, force: true })
    return succeed(undefined)
  } catch (error) {
    unlockSession(path)
    return fail(reasonOf(error))
  }
}

/** Removes what was left of sessions whose removal was cut short. */
export const clearRemains = (stateDir: string): void => {
  const folder = sessionsFolder(stateDir)
  for (const name of namesIn(folder).filter(entry => entry.startsWith(GONE))) {
    const path = join(folder, name)
    if (ownerOf(path) === undefined) rmSync(path, { recursive: true, force: true })
  }
}
