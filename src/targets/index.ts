export { createLocalExecutor, type LocalSetup } from './local/create-local-executor.ts'
export { createPlaceRouter, type RouterSetup } from './places/create-place-router.ts'
export { type NameContext, type NamedTarget, nameTarget } from './places/name-target.ts'
export {
  type MachineTarget,
  parseMachineTarget,
} from './places/parse-target.ts'
export { createReplayExecutor, type Recording } from './replay/create-replay-executor.ts'
export type { SimSetup } from './sim/create-sim-executor.ts'
export { openSimExecutor } from './sim/open-sim-executor.ts'
export { type ShellUse, useShell } from './sim/use-shell.ts'
export { createSshExecutor, type SshSetup } from './ssh/create-ssh-executor.ts'
export { listSshHosts } from './ssh/list-hosts.ts'
export { type Asking, createSudoGate } from './sudo/create-sudo-gate.ts'
export type { Executor, LendTerminal, OutputSink, TargetName } from './types.ts'
