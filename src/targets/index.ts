export type { Executor, LendTerminal, OutputSink, TargetName } from './types.ts'
