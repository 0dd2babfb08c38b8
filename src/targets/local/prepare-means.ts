import { rmSync } from 'node:fs'
import { createWatchdog, type Watchdog } from '../process/create-watchdog.ts'
import { createPipeSupply, type PipeSupply } from '../process/pipe-supply.ts'
import { findBash } from './find-bash.ts'
import { makePrivateFolder } from './private-folder.ts'

/** What commands on this machine are run with. */
export type Means = {
  readonly bash: string
  /** A private folder; `undefined` when none could be made. */
  readonly folder: string | undefined
  readonly pipes: PipeSupply
  readonly watchdog: Watchdog
  readonly close: () => Promise<void>
}

/** Finds and makes what commands are run with, in this environment; `undefined` where there is no bash. */
export const prepareMeans = async (env: Readonly<Record<string, string>>): Promise<Means | undefined> => {
  const path = env.PATH ?? '/usr/bin:/bin'
  const bash = findBash(path)
  if (bash === undefined) return undefined
  const folder = makePrivateFolder(env.XDG_RUNTIME_DIR)
  const watchdog = await createWatchdog({ bash, path, folder })
  return {
    bash,
    folder,
    pipes: folder === undefined ? () => undefined : createPipeSupply(folder),
    watchdog,
    close: async () => {
      await watchdog.close()
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}
