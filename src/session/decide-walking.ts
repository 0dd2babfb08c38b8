import type { Destination, StepRef } from '../base/index.ts'
import type { Branch, Step } from '../tree/index.ts'
import { closing } from './closing.ts'
import { accept, type IntentOf, preview, refuse, type Situation } from './decision.ts'
import { judgeStep } from './judge-step.ts'
import { currentStep, findStep } from './lookup.ts'
import { stepRunsFinished } from './run-queries.ts'
import { stepKey } from './step-key.ts'
import type { Decision, EntryReason, SessionEvent } from './types.ts'

type WalkingIntent = IntentOf<
  | 'enter-step'
  | 'take-branch'
  | 'take-recommended'
  | 'go-next'
  | 'go-back'
  | 'go-forward'
  | 'go-to-last-branch'
>

/** Goes to a step. One without commands is judged at once: nothing that could still be run would change the verdict. */
const enter = (
  { session, context }: Situation,
  entry: Extract<SessionEvent, { type: 'step-entered' }>,
  before: readonly SessionEvent[] = [],
): Decision => {
  const step = findStep(context.library, entry.ref)
  if (step === undefined)
    return refuse('E_SESSION_STEP_UNKNOWN', `There is no step "${stepKey(entry.ref)}". Choose another one.`)
  const events = [...before, entry]
  if (step.commands.length > 0) return accept(events)
  return accept([...events, ...judgeStep({ session: preview(session, events), context }, entry.ref)])
}

/** The first step of a session. */
export const enterFirst = (situation: Situation, ref: StepRef, before: readonly SessionEvent[]): Decision =>
  enter(situation, { type: 'step-entered', ref, reason: 'start' }, before)

const follow = (situation: Situation, to: Destination, before: readonly SessionEvent[]): Decision => {
  if (to.kind === 'step')
    return enter(situation, { type: 'step-entered', ref: to.ref, reason: 'branch' }, before)
  const status = to.kind === 'resolved' ? 'resolved' : 'escalated'
  return closing(preview(situation.session, before), status, before)
}

const takeBranch = (situation: Situation, ref: StepRef, branch: number): Decision => {
  const { session, context } = situation
  const taken: Branch | undefined = currentStep(session, context.library)?.branches[branch]
  if (taken === undefined)
    return refuse(
      'E_SESSION_BRANCH_UNKNOWN',
      `This step has no branch ${branch + 1}. Choose one that is listed.`,
    )
  const recommended = session.judgements.get(stepKey(ref))?.recommended === branch
  return follow(situation, taken.to, [{ type: 'branch-taken', ref, branch, recommended }])
}

const takeRecommended = (situation: Situation, ref: StepRef): Decision => {
  const { session } = situation
  if (!stepRunsFinished(session, ref))
    return refuse(
      'E_SESSION_STEP_RUNNING',
      'A command of this step still runs. Wait for it, or choose a branch yourself.',
    )
  const recommended = session.judgements.get(stepKey(ref))?.recommended
  return recommended === undefined
    ? refuse(
        'E_SESSION_NOTHING_RECOMMENDED',
        'The outputs so far recommend no branch. Run the commands, or choose yourself.',
      )
    : takeBranch(situation, ref, recommended)
}

const goNext = (situation: Situation, ref: StepRef, step: Step | undefined): Decision =>
  step?.next === undefined
    ? refuse(
        'E_SESSION_LAST_STEP',
        'This is the last step of the runbook. Go back, or search for another one.',
      )
    : enter(situation, { type: 'step-entered', ref: { ...ref, step: step.next }, reason: 'next' })

const walkTo = (situation: Situation, cursor: number, reason: EntryReason): Decision => {
  const stop = situation.session.trail[cursor]
  return stop === undefined
    ? refuse('E_SESSION_TRAIL_END', `There is no step to go ${reason} to.`)
    : enter(situation, { type: 'step-entered', ref: stop.ref, reason, cursor })
}

const lastBranch = ({ trail, cursor }: Situation['session']): number =>
  trail.slice(0, Math.max(cursor, 0)).findLastIndex(({ byBranch }) => byBranch)

/** Moves from step to step: along branches, in document order, back and forward, or straight to a step of any runbook. */
export const decideWalking = (situation: Situation, ref: StepRef, intent: WalkingIntent): Decision => {
  const { session, context } = situation
  switch (intent.type) {
    case 'enter-step':
      return enter(situation, { type: 'step-entered', ref: intent.ref, reason: 'jump' })
    case 'take-branch':
      return takeBranch(situation, ref, intent.branch)
    case 'take-recommended':
      return takeRecommended(situation, ref)
    case 'go-next':
      return goNext(situation, ref, currentStep(session, context.library))
    case 'go-back':
      return walkTo(situation, session.cursor - 1, 'back')
    case 'go-forward':
      return walkTo(situation, session.cursor + 1, 'forward')
    case 'go-to-last-branch':
      return walkTo(situation, lastBranch(session), 'back')
  }
}
