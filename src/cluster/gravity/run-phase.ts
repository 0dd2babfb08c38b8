import { advance } from '../laws/advance.ts'
import { isAgentUp } from '../relations/gravity-probes.ts'
import type { GravityPhase } from '../world/platforms.ts'
import { installStep } from './install-steps.ts'
import { findPhase, leavesOf, stateOfPhase } from './phases.ts'
import { machineOf, type Step } from './step.ts'
import { undoUpgradeStep, upgradeStep } from './upgrade-steps.ts'

/** Why the agent of a machine cannot be reached for an operation. */
const agentProblem = (step: Step): string | undefined => {
  if (step.operation.kind !== 'upgrade') return undefined
  const machine = machineOf(step)
  if (machine === step.at || isAgentUp(machine)) return undefined
  const address = step.world.platforms.gravity?.advertiseAddresses[machine.name] ?? machine.name
  return `failed to dial agent at ${address}:3012: dial tcp ${address}:3012: connect: connection refused`
}

const isDone = (phase: GravityPhase | undefined): boolean =>
  phase === undefined || stateOfPhase(phase) === 'Completed'

const aboveOf = (root: GravityPhase, id: string): readonly GravityPhase[] => {
  const parts = id.split('/').slice(1)
  return parts.flatMap((_, index) => findPhase(root, `/${parts.slice(0, index + 1).join('/')}`) ?? [])
}

/** The phases that must be completed before a phase may run and are not. */
const lackingFor = (root: GravityPhase, id: string): readonly string[] =>
  aboveOf(root, id)
    .flatMap(({ requires }) => requires)
    .filter(needed => !isDone(findPhase(root, needed)))

const setState = ({ world, phase }: Step, state: GravityPhase['state'], error?: string): void => {
  Object.assign(phase, { state, error, updatedMs: world.nowMs })
}

/** Marks a phase as begun. */
export const beginPhase = (step: Step): void => setState(step, 'In Progress')

/** What a collection of garbage prunes nobody misses. */
const stepProblem = (step: Step): string | undefined => {
  const { kind } = step.operation
  if (kind === 'garbage_collect') return undefined
  return kind === 'install' ? installStep(step) : upgradeStep(step)
}

/** Does what a phase does and marks its end; gives the error when it fails. */
export const finishPhase = (step: Step): string | undefined => {
  const problem = agentProblem(step) ?? stepProblem(step)
  setState(step, problem === undefined ? 'Completed' : 'Failed', problem)
  return problem
}

/** How long a phase takes. */
const PHASE_MS = 9_000

/** How running or rolling back phases ended: those that were done, and what stopped it. */
export type PhaseRun = { readonly done: readonly GravityPhase[]; readonly problem: string | undefined }

/** Runs a phase with its parts, in order, as far as what they require is there; those that are completed are passed over unless forced. */
export const executePhases = (
  at: Omit<Step, 'phase'>,
  { id, force }: { readonly id: string; readonly force: 'forced' | 'usual' },
): PhaseRun => {
  const root = at.operation.plan
  const target = root === undefined ? undefined : findPhase(root, id)
  if (root === undefined || target === undefined)
    return { done: [], problem: `phase with id "${id}" not found` }
  const done: GravityPhase[] = []
  for (const phase of leavesOf(target)) {
    if (phase.state === 'Completed' && force === 'usual') continue
    const lacking = lackingFor(root, phase.id)
    if (lacking.length > 0 && force === 'usual')
      return {
        done,
        problem: `required phases are not completed: ${lacking.join(', ')}`,
      }
    beginPhase({ ...at, phase })
    advance(at.world, PHASE_MS)
    const failed = finishPhase({ ...at, phase })
    if (failed !== undefined) return { done, problem: `failed to execute phase "${phase.id}"\n\t${failed}` }
    done.push(phase)
  }
  return { done, problem: undefined }
}

/** Undoes a phase with its parts, the last first. Phases that come after it must have been rolled back before, unless forced. */
export const rollbackPhases = (
  at: Omit<Step, 'phase'>,
  { id, force }: { readonly id: string; readonly force: 'forced' | 'usual' },
): PhaseRun => {
  const root = at.operation.plan
  const target = root === undefined ? undefined : findPhase(root, id)
  if (root === undefined || target === undefined)
    return { done: [], problem: `phase with id "${id}" not found` }
  const touched = (phase: GravityPhase): boolean => !['Unstarted', 'Rolled Back'].includes(phase.state)
  const own = new Set(leavesOf(target))
  const all = leavesOf(root)
  const last = Math.max(...[...own].map(phase => all.indexOf(phase)))
  const later = all.slice(last + 1).filter(phase => touched(phase) && !own.has(phase))
  if (later.length > 0 && force === 'usual')
    return {
      done: [],
      problem: `phase "${id}" cannot be rolled back before ${later.map(phase => `"${phase.id}"`).join(', ')}`,
    }
  const done: GravityPhase[] = []
  for (const phase of [...own].filter(touched).toReversed()) {
    advance(at.world, PHASE_MS)
    const failed = at.operation.kind === 'upgrade' ? undoUpgradeStep({ ...at, phase }) : undefined
    if (failed !== undefined) {
      setState({ ...at, phase }, 'Failed', failed)
      return { done, problem: `failed to rollback phase "${phase.id}"\n\t${failed}` }
    }
    setState({ ...at, phase }, 'Rolled Back')
    done.push(phase)
  }
  return { done, problem: undefined }
}
