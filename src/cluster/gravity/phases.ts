import type { GravityPhase } from '../world/platforms.ts'

/** What a phase is made from; its state starts as `Unstarted`. */
export type PhaseOrder = Pick<GravityPhase, 'id' | 'description'> & {
  readonly node?: string
  readonly requires?: readonly string[]
  readonly phases?: readonly GravityPhase[]
}

/** A phase that has not started. */
export const phase = ({ id, description, node, requires = [], phases = [] }: PhaseOrder): GravityPhase => ({
  id,
  description,
  state: 'Unstarted',
  node,
  requires: [...requires],
  updatedMs: undefined,
  error: undefined,
  phases: [...phases],
})

/** The phases without parts below a phase, or that phase itself, in the order in which they run. */
export const leavesOf = (root: GravityPhase): readonly GravityPhase[] =>
  root.phases.length === 0 ? [root] : root.phases.flatMap(leavesOf)

/** Every phase below a plan's root, each before its parts. */
export const phasesOf = (root: GravityPhase): readonly GravityPhase[] =>
  root.phases.flatMap(part => [part, ...phasesOf(part)])

/** The phase with a path; `/` is the whole plan. */
export const findPhase = (root: GravityPhase, id: string): GravityPhase | undefined => {
  const path = id.length > 1 ? id.replace(/\/$/, '') : id
  return path === '/' ? root : phasesOf(root).find(candidate => candidate.id === path)
}

/** The state of a phase: that of its parts where it has any. */
export const stateOfPhase = (one: GravityPhase): GravityPhase['state'] => {
  if (one.phases.length === 0) return one.state
  const states = new Set(one.phases.map(stateOfPhase))
  if (states.has('Failed')) return 'Failed'
  if (states.size === 1) return [...states][0] ?? 'Unstarted'
  if ([...states].every(state => state === 'Rolled Back' || state === 'Unstarted')) return 'Rolled Back'
  return 'In Progress'
}

/** When a phase or one of its parts changed last. */
export const updatedOf = (one: GravityPhase): number | undefined => {
  const times = leavesOf(one).flatMap(({ updatedMs }) => updatedMs ?? [])
  return times.length === 0 ? undefined : Math.max(...times)
}

/** The root that holds the phases of a plan. */
export const planRoot = (phases: readonly GravityPhase[]): GravityPhase =>
  phase({ id: '/', description: '', phases })
