import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { sessionFolders } from '../list-sessions.ts'
import { ownerOf } from '../session-lock.ts'
import { bodiesFolder, journalFile, rotatedFolder } from '../session-paths.ts'

/** What a session takes on disk, in bytes. */
export type WeighedSession = {
  readonly id: string
  readonly path: string
  /** When its journal was written to last, in milliseconds since the epoch. */
  readonly usedMs: number
  readonly journalBytes: number
  readonly outputBytes: number
  /** The process that has it open. */
  readonly owner: number | undefined
}

/** What may lie in a session's folder: one that holds anything else is none of ours. */
const ownNames = /^(?:journal\.jsonl|bodies|rotated|lock(?:\..+)?)$/

const sizesIn = async (folder: string): Promise<readonly number[]> => {
  const names = await readdir(folder).catch(() => [])
  return Promise.all(
    names.map(async name => (await stat(join(folder, name)).catch(() => undefined))?.size ?? 0),
  )
}

const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0)

const weigh = async (path: string): Promise<WeighedSession | undefined> => {
  const names = await readdir(path).catch(() => [])
  if (names.length === 0 || !names.every(name => ownNames.test(name))) return undefined
  const journal = await stat(join(path, journalFile)).catch(() => undefined)
  const folder = await stat(path)
  return {
    id: basename(path),
    path,
    usedMs: (journal ?? folder).mtimeMs,
    journalBytes: journal?.size ?? 0,
    outputBytes: sum([...(await sizesIn(bodiesFolder(path))), ...(await sizesIn(rotatedFolder(path)))]),
    owner: ownerOf(path),
  }
}

/** What each session under a state directory takes, newest first. A folder that holds foreign files is left out. */
export const weighSessions = async (stateDir: string): Promise<readonly WeighedSession[]> => {
  const weighed: WeighedSession[] = []
  // One after the other: this runs beside a session that has just begun.
  for (const path of sessionFolders(stateDir)) {
    const session = await weigh(path).catch(() => undefined)
    if (session !== undefined) weighed.push(session)
  }
  return weighed
}
