export { createLocalExecutor, type LocalSetup } from './local/create-local-executor.ts'
export { createSshExecutor, type SshSetup } from './ssh/create-ssh-executor.ts'
export { type Destination, parseDestination } from './ssh/parse-destination.ts'
export type { Executor, LendTerminal, OutputSink, TargetName } from './types.ts'
