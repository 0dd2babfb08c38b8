import type { StepRef } from '../../base/index.ts'
import { findStep, type Library, type Session, stepKey } from '../../session/index.ts'
import type { Choice } from './choices.ts'
import { type PathState, stepStateOf } from './step-states.ts'

/** A row of the path: steps that were visited in order, the current one, and below it where it can lead. */
export type PathEntry = {
  readonly ref: StepRef | undefined
  readonly title: string
  readonly state: PathState
}

const visited = ({ trail, cursor }: Session): readonly StepRef[] =>
  trail.slice(0, cursor).map(stop => stop.ref)

/** The trail up to the current step, each step once at its latest place, and the ways on from it. */
export const pathEntries = (
  { session, library }: { session: Session; library: Library },
  choices: readonly Choice[],
): readonly PathEntry[] => {
  const { current } = session
  if (current === undefined) return []
  const before = visited(session)
  const latest = before.filter(
    (ref, at) =>
      stepKey(ref) !== stepKey(current) &&
      before.findLastIndex(other => stepKey(other) === stepKey(ref)) === at,
  )
  const entry = (ref: StepRef, state: PathState): PathEntry => ({
    ref,
    title: findStep(library, ref)?.title ?? ref.step,
    state,
  })
  const branches = choices.filter(choice => choice.intent?.type === 'take-branch').map(choice => choice.title)
  return [
    ...latest.map(ref => entry(ref, stepStateOf(session, ref).state)),
    entry(current, 'here'),
    ...[...new Set(branches)].map((title): PathEntry => ({ ref: undefined, title, state: 'ahead' })),
  ]
}
