export { createLocalExecutor, type LocalSetup } from './local/create-local-executor.ts'
export type { Executor, LendTerminal, OutputSink, TargetName } from './types.ts'
