import type { Executor } from '../types.ts'
import type { SimSetup } from './create-sim-executor.ts'

/** The executor of a simulated cluster. Its interpreter is large, so that it is loaded only here. */
export const openSimExecutor = async (setup: SimSetup): Promise<Executor> =>
  (await import('./create-sim-executor.ts')).createSimExecutor(setup)
