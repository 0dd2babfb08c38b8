import type { Step } from '../tree/index.ts'
import { isFixStep } from './command-effect.ts'
import { couldRun } from './could-run.ts'
import { refusalOf } from './decide.ts'
import type { Situation } from './decision.ts'
import { findUnplaced } from './find-machine.ts'
import { foundCauses } from './found-causes.ts'
import { judgementOf } from './judgement-of.ts'
import { currentStep } from './lookup.ts'
import { isPending } from './run-queries.ts'
import { stepKey } from './step-key.ts'
import type { CloseStatus, DecideContext, Intent, Session } from './types.ts'

/** What the autopilot does next: dispatch an intent, wait for what runs, or stop with a status. */
export type AutoMove =
  | { readonly kind: 'intent'; readonly intent: Intent }
  | { readonly kind: 'wait' }
  | { readonly kind: 'stop'; readonly status: CloseStatus }

/** How far a walk without a person goes. */
export type AutoLimits = {
  /** So many steps. */
  readonly maxSteps?: number
  /** To the end of the step with this id. */
  readonly until?: string
  /** A person's choices made ahead, by `stepKey`: the branch to take where the outputs recommend none. */
  readonly answers?: ReadonlyMap<string, number>
}

/** How often a step may be entered; once more means that the runbook leads in a circle. */
const MAX_VISITS = 2

/** When not one command could be run, there is nothing to conclude from. */
const nothingCouldRun = ({ runs }: Session): boolean => {
  const outcomes = [...runs.values()].flatMap(({ outcome }) => (outcome === undefined ? [] : [outcome]))
  return outcomes.length > 0 && !outcomes.some(couldRun)
}

/** Tells whether the target, and not what was found on it, keeps the last step from being judged. */
const isHeldUp = ({ runs, path }: Session): boolean =>
  [...runs.values()].some(
    ({ visit, outcome }) =>
      visit === path.length - 1 &&
      (outcome?.kind === 'lost' || (outcome?.kind === 'not-started' && outcome.reason !== 'not-found')),
  )

const stop = (session: Session, status: CloseStatus): AutoMove => ({
  kind: 'stop',
  status: nothingCouldRun(session) || (status === 'asked' && isHeldUp(session)) ? 'failed' : status,
})

const hasTrouble = (session: Session): boolean => foundCauses(session).length > 0

/** How a triage ends that leads no further: healthy only if something was looked at. */
const concluded = (session: Session): CloseStatus => {
  if (hasTrouble(session)) return 'problem-found'
  return session.runs.size > 0 ? 'healthy' : 'left'
}

const visitsOf = ({ path, current }: Session): number =>
  path.filter(ref => current !== undefined && stepKey(ref) === stepKey(current)).length

const ranInThisVisit = (session: Session): boolean =>
  [...session.runs.values()].some(run => run.visit === session.path.length - 1)

/** The end that a limit puts to a walk before it leaves a step; `undefined` while it may go on. */
const endByLimit = (session: Session, step: Step, limits: AutoLimits): AutoMove | undefined => {
  if (step.id === limits.until) return stop(session, concluded(session))
  const isFar = session.path.length >= (limits.maxSteps ?? Number.POSITIVE_INFINITY)
  return isFar ? stop(session, 'asked') : undefined
}

const wayOn = (recommended: number | undefined, branch: number | undefined): Intent => {
  if (recommended !== undefined) return { type: 'take-recommended' }
  return branch === undefined ? { type: 'go-next' } : { type: 'take-branch', branch }
}

const moveOn = (situation: Situation, step: Step, limits: AutoLimits): AutoMove => {
  const { session } = situation
  const recommended = judgementOf(session)?.recommended
  const answered = session.current && limits.answers?.get(stepKey(session.current))
  const branch = recommended ?? answered
  const end = branch === undefined ? undefined : step.branches[branch]?.to.kind
  if (end === 'resolved') return stop(session, concluded(session))
  if (end === 'escalate') return stop(session, 'escalated')
  const isBlind = findUnplaced(situation, step).length > 0
  if (end === undefined && (step.branches.length > 0 || isBlind)) return stop(session, 'asked')
  if (end === undefined && step.next === undefined) return stop(session, concluded(session))
  const ended = endByLimit(session, step, limits)
  if (ended !== undefined) return ended
  const intent = wayOn(recommended, branch)
  return refusalOf({ ...situation, intent }) === undefined
    ? { kind: 'intent', intent }
    : stop(session, 'asked')
}

/**
 * The next move of a session without a person: runs a step's reads once a visit, takes the branch that the outputs recommend, goes
 * on in document order where there is none, and stops at a choice that nobody made ahead, an unknown, a fix, a circle, an end or a limit. Never asks for an approval.
 */
export const decideAuto = (session: Session, context: DecideContext, limits: AutoLimits = {}): AutoMove => {
  const situation = { session, context }
  const step = currentStep(session, context.library)
  if (session.closed !== undefined) return { kind: 'stop', status: session.closed }
  if (session.approval !== undefined || step === undefined) return stop(session, 'asked')
  if ([...session.runs.values()].some(isPending)) return { kind: 'wait' }
  if (visitsOf(session) > MAX_VISITS) return stop(session, 'asked')
  if (isFixStep(step, session.variables))
    return stop(session, hasTrouble(session) ? 'problem-found' : 'asked')
  const runReads: Intent = { type: 'run-reads' }
  if (!ranInThisVisit(session) && refusalOf({ ...situation, intent: runReads }) === undefined)
    return { kind: 'intent', intent: runReads }
  return moveOn(situation, step, limits)
}
