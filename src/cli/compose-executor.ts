import { hostname } from 'node:os'
import {
  createLocalExecutor,
  createPlaceRouter,
  createSshExecutor,
  createSudoGate,
  type Executor,
  type LendTerminal,
  type MachineTarget,
  parseMachineTarget,
} from '../targets/index.ts'
import type { SessionSettings } from './session-settings.ts'

/** What the executor of a run of the program is made from. */
export type ExecutorParts = {
  readonly settings: Pick<SessionSettings, 'target'>
  readonly lendTerminal: LendTerminal
  /** Set where nobody is to be asked anything, not even by ssh. */
  readonly isUnattended?: true
}

/** The executor for the chosen target, which also reaches the targets that places are mapped to. Nothing is connected yet. */
export const composeExecutor = ({ settings, lendTerminal, isUnattended }: ExecutorParts): Executor => {
  const asking = isUnattended === true ? 'never' : 'on-terminal'
  const reach = (target: MachineTarget): Executor =>
    target.kind === 'local'
      ? createLocalExecutor({ lendTerminal, host: hostname() })
      : createSshExecutor({ destination: target.destination, lendTerminal, asking })
  const create = (target: MachineTarget): Executor => createSudoGate(reach(target), asking)
  return createPlaceRouter({
    home: create(settings.target),
    open: name => {
      const target = parseMachineTarget(name)
      return target === undefined ? undefined : create(target)
    },
  })
}
