import { type Rotation, rotateOutputs, type SessionStore } from '../runtime/index.ts'
import type { Workbench } from './compose-session.ts'
import { wordBytes } from './sessions/word-bytes.ts'

const wordRotation = ({ sessions, bytes }: Rotation): string | undefined => {
  const whose = sessions === 1 ? 'one earlier session' : `${sessions} earlier sessions`
  return sessions === 0
    ? undefined
    : `The outputs of ${whose} were removed (${wordBytes(bytes)}), as sessions.keepDays and sessions.keepBytes say; their journals stay.`
}

/** Lets the outputs of earlier sessions go that are beyond the settings, beside a session that has just been opened, and says so in it. */
export const keepWithin = ({ stateDir, settings }: Workbench, store: SessionStore): void => {
  const rotated = rotateOutputs({ stateDir, keeping: settings.keeping, nowMs: Date.now() })
  const failed = (error: unknown): string =>
    `The outputs of earlier sessions could not be looked through: ${error}.`
  store.notify(rotated.then(wordRotation, failed))
}
