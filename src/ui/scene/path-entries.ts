import type { StepRef } from '../../base/index.ts'
import { findStep, isPending, type Library, runsOfStep, type Session, stepKey } from '../../session/index.ts'
import type { Choice } from './choices.ts'

/** How a step of the path was left: with trouble found, clear, looked at without a command, or where we are. */
export type PathState = 'here' | 'trouble' | 'clear' | 'seen' | 'ahead'

/** A row of the path: steps that were visited in order, the current one, and below it where it can lead. */
export type PathEntry = {
  readonly ref: StepRef | undefined
  readonly title: string
  readonly state: PathState
}

const stateOf = (session: Session, ref: StepRef): PathState => {
  const runs = runsOfStep(session, ref).filter(run => !isPending(run))
  if (runs.some(run => run.findings.some(finding => finding.severity !== 'info'))) return 'trouble'
  if (runs.length === 0) return 'seen'
  return 'clear'
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
    ...latest.map(ref => entry(ref, stateOf(session, ref))),
    entry(current, 'here'),
    ...[...new Set(branches)].map((title): PathEntry => ({ ref: undefined, title, state: 'ahead' })),
  ]
}
