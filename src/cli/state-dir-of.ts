import type { Invocation } from './command.ts'
import { defaultStateDir } from './default-state-dir.ts'

/** Where sessions and scores are kept: as the settings say, or where is usual. */
export const stateDirOf = ({ settings }: Pick<Invocation, 'settings'>): string =>
  settings.values.stateDir ?? defaultStateDir(process.env)
