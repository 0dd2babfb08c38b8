import { type Invocation, lastValue } from './command.ts'
import { defaultStateDir } from './default-state-dir.ts'

/** Where sessions and scores are kept: as the command line says, or where is usual. */
export const stateDirOf = (invocation: Invocation): string =>
  lastValue(invocation, 'state-dir') ?? defaultStateDir(process.env)
