import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { lockSession, unlockSession } from '../session-lock.ts'
import { bodiesFolder, rotatedFolder } from '../session-paths.ts'
import { type Keeping, planRotation } from './plan-rotation.ts'
import { weighSessions } from './weigh-sessions.ts'

/** What was removed. */
export type Rotation = { readonly sessions: number; readonly bytes: number }

const empty = (folder: string): void => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true })
}

/** An empty folder `rotated` stays and says that nothing was lost by accident. Works on a full disk, and again where it was cut short. */
const dropOutputs = (path: string): void => {
  const rotated = rotatedFolder(path)
  lockSession(path)
  try {
    if (existsSync(rotated)) empty(rotated)
    if (existsSync(bodiesFolder(path))) renameSync(bodiesFolder(path), rotated)
    empty(rotated)
  } finally {
    unlockSession(path)
  }
}

/** Removes the oldest outputs of earlier sessions until what is left is within the limits; journals stay. What cannot be removed stays. */
export const rotateOutputs = async (options: {
  readonly stateDir: string
  readonly keeping: Keeping
  readonly nowMs: number
}): Promise<Rotation> => {
  const sessions = await weighSessions(options.stateDir)
  let [dropped, bytes] = [0, 0]
  for (const { path, outputBytes } of planRotation(sessions, options.keeping, options.nowMs)) {
    try {
      dropOutputs(path)
      dropped += 1
      bytes += outputBytes
    } catch {
      // Someone opened it meanwhile, or the folder may only be read: the next session tries again.
    }
  }
  return { sessions: dropped, bytes }
}
