import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** The name of the journal within a session's folder. */
export const journalFile = 'journal.jsonl'

/** The folder that holds one folder for each session. */
export const sessionsFolder = (stateDir: string): string => join(stateDir, 'sessions')

/** The folder of one session. */
export const sessionFolder = (stateDir: string, sessionId: string): string =>
  join(sessionsFolder(stateDir), sessionId)

/** The folder with the outputs of a session's runs. */
export const bodiesFolder = (sessionPath: string): string => join(sessionPath, 'bodies')

/** The file of an output by its SHA-256, within the folder of outputs. */
export const bodyFile = (digest: string): string => `${digest}.txt`

/** The folder to which outputs are moved that are to go; it stays when they are gone, and says so. */
export const rotatedFolder = (sessionPath: string): string => join(sessionPath, 'rotated')

/** The names in a folder; none where it cannot be read. */
export const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
