import { hostname } from 'node:os'
import {
  createLocalExecutor,
  createPlaceRouter,
  createSshExecutor,
  createSudoGate,
  type Executor,
  type LendTerminal,
  type MachineTarget,
  openSimExecutor,
  parseMachineTarget,
} from '../targets/index.ts'
import { drillSeed } from './drill/drill-seed.ts'
import type { SessionSettings } from './session-settings.ts'

/** What the executor of a run of the program is made from. */
export type ExecutorParts = {
  readonly settings: Pick<SessionSettings, 'target' | 'seed' | 'stateDir'>
  readonly lendTerminal: LendTerminal
  /** Set where nobody is to be asked anything, not even by ssh. */
  readonly isUnattended?: true
}

const composeSim = async (name: string, { settings, lendTerminal }: ExecutorParts): Promise<Executor> => {
  const { openCluster } = await import('./drill/open-cluster.ts')
  const { world, drill } = await openCluster(name, drillSeed(settings.seed))
  const node = drill?.node ?? (world.name === 'mks' ? 'worker-1' : 'control-plane')
  return openSimExecutor({ world, name: name === '' ? 'sim' : `sim:${name}`, node, lendTerminal })
}

/** The executor for the chosen target, which also reaches the targets that places are mapped to. No machine is connected yet. */
export const composeExecutor = async (parts: ExecutorParts): Promise<Executor> => {
  const { settings, lendTerminal, isUnattended } = parts
  const asking = isUnattended === true ? 'never' : 'on-terminal'
  const reach = (target: MachineTarget): Executor =>
    target.kind === 'local'
      ? createLocalExecutor({ lendTerminal, host: hostname() })
      : createSshExecutor({ destination: target.destination, lendTerminal, asking })
  const create = (target: MachineTarget): Executor => createSudoGate(reach(target), asking)
  const { target } = settings
  // Alone, without a way to other machines: whatever place a command is meant for, nothing is run.
  if (target.kind === 'replay')
    return (await import('./compose-replay.ts')).composeReplay(target.session, settings)
  return createPlaceRouter({
    home: target.kind === 'sim' ? await composeSim(target.name, parts) : create(target),
    open: name => {
      const machine = parseMachineTarget(name)
      return machine === undefined ? undefined : create(machine)
    },
  })
}
