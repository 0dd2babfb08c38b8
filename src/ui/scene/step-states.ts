import { remembered, type StepRef } from '../../base/index.ts'
import { newestFinishedRuns, type Run, type Session, stepKey } from '../../session/index.ts'
import type { Finding } from './nouns.ts'

/** How a step stands in the triage: with trouble found, clear, visited without a command, or where we are; `ahead` was not visited. */
export type PathState = 'here' | 'trouble' | 'clear' | 'seen' | 'ahead'

/** What the triage knows of one step. */
export type StepState = {
  readonly state: PathState
  /** At which places of the path it was visited, counted from 1. */
  readonly visits: readonly number[]
  /** Warnings and errors that its newest runs show. */
  readonly troubles: readonly Finding[]
}

const untouched: StepState = { state: 'ahead', visits: [], troubles: [] }

const visitsOf = (path: readonly StepRef[]): ReadonlyMap<string, readonly number[]> => {
  const visits = new Map<string, number[]>()
  path.forEach((ref, at) => {
    const known = visits.get(stepKey(ref))
    if (known === undefined) visits.set(stepKey(ref), [at + 1])
    else known.push(at + 1)
  })
  return visits
}

const stateOf = (runs: readonly Run[], troubles: readonly Finding[]): PathState => {
  if (troubles.length > 0) return 'trouble'
  return runs.length > 0 ? 'clear' : 'seen'
}

const readStates = (session: Session): ReadonlyMap<string, StepState> => {
  const runs = Map.groupBy(newestFinishedRuns(session), ({ ref }) => stepKey(ref))
  const here = session.current && stepKey(session.current)
  const states = [...visitsOf(session.path)].map(([key, visits]) => {
    const own = runs.get(key) ?? []
    const troubles = own.flatMap(({ findings }) => findings).filter(({ severity }) => severity !== 'info')
    return [key, { state: key === here ? 'here' : stateOf(own, troubles), visits, troubles }] as const
  })
  return new Map(states)
}

const statesOf = remembered(readStates)

/** What a session knows of a step. Only the newest run of each command counts. */
export const stepStateOf = (session: Session, ref: StepRef): StepState =>
  statesOf(session).get(stepKey(ref)) ?? untouched
