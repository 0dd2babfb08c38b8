import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { findBash } from '../local/find-bash.ts'
import { makePrivateFolder } from '../local/private-folder.ts'
import { createWatchdog } from '../process/create-watchdog.ts'
import { markerName } from '../process/job.ts'

/** What connections are made with on this side. */
export type Station = {
  readonly folder: string
  /** The environment of every ssh of ours; it marks them. */
  readonly env: Readonly<Record<string, string>>
  readonly marker: string
  readonly close: () => Promise<void>
}

/** A folder for sockets, and the environment of ssh. */
export type StationSetup = {
  readonly runtimeFolder: string | undefined
  readonly env: Readonly<Record<string, string>>
}

// A socket's path ends at 108 bytes, and ssh adds 17 to it while it makes one: unix(7).
const LONGEST_PARENT = 60

/**
 * Makes a private folder for the connection's socket and starts a watchdog, which ends the connection and removes the folder
 * should this process be killed. Gives `undefined` when no folder can be made.
 */
export const prepareStation = async ({ runtimeFolder, env }: StationSetup): Promise<Station | undefined> => {
  const isShort = runtimeFolder !== undefined && runtimeFolder.length <= LONGEST_PARENT
  const folder = makePrivateFolder(isShort ? runtimeFolder : undefined)
  if (folder === undefined) return undefined
  const marker = randomUUID()
  const path = env.PATH ?? '/usr/bin:/bin'
  const bash = findBash(path)
  const watchdog = bash === undefined ? undefined : await createWatchdog({ bash, path, folder })
  watchdog?.expect(marker)
  return {
    folder,
    env: { ...env, [markerName]: marker },
    marker,
    close: async () => {
      watchdog?.release()
      await watchdog?.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
