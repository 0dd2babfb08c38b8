import type { StepRef } from '../base/index.ts'
import { closing, resuming } from './closing.ts'
import { decideApproval, decideCancel } from './decide-approval.ts'
import { decideAddNote, decideMapPlace, decideSetVariable } from './decide-noting.ts'
import { decideReads } from './decide-reads.ts'
import { decideReport } from './decide-report.ts'
import { decideRunAdHoc, decideRunCommand } from './decide-running.ts'
import { decideWalking, enterFirst } from './decide-walking.ts'
import { type IntentOf, refuse, type Situation } from './decision.ts'
import { decideTrust } from './provenance.ts'
import type { DecideContext, Decision, Intent, Refusal, Session } from './types.ts'

/** An intent, the session that it meets, and what else the decision rests on. */
export type Question = { readonly session: Session; readonly intent: Intent; readonly context: DecideContext }

type StepIntent = Exclude<Intent, { type: 'begin' | 'resume' }>

/** What stays possible while an approval waits: to answer it, to stop, and what asks nothing of the target. */
const besideApproval: readonly Intent['type'][] = [
  'answer-approval',
  'cancel-run',
  'report-outcome',
  'set-variable',
  'add-note',
  'close',
]

const begin = (situation: Situation, { header, at }: IntentOf<'begin'>): Decision =>
  situation.session.header === undefined
    ? enterFirst(situation, at, [{ type: 'session-opened', header }])
    : refuse('E_SESSION_OPEN', 'The session has begun already.')

const decideAtStep = (situation: Situation, ref: StepRef, intent: StepIntent): Decision => {
  switch (intent.type) {
    case 'run-command':
      return decideRunCommand(situation, ref, intent)
    case 'run-reads':
      return decideReads(situation, ref)
    case 'run-ad-hoc':
      return decideRunAdHoc(situation, ref, intent.line)
    case 'answer-approval':
      return decideApproval(situation, intent.answer)
    case 'cancel-run':
      return decideCancel(situation)
    case 'set-variable':
      return decideSetVariable(situation, intent)
    case 'trust-runbook':
      return decideTrust(situation, intent)
    case 'map-place':
      return decideMapPlace(intent)
    case 'add-note':
      return decideAddNote(ref, intent.text)
    case 'report-outcome':
      return decideReport(situation, intent)
    case 'close':
      return closing(situation.session, intent.status)
    default:
      return decideWalking(situation, ref, intent)
  }
}

/**
 * What follows from an intent: the events to be kept and the effects to be carried out, or a refusal with its reason.
 * Pure; a refusal never comes with events, and nothing but a command that only reads starts without an approval.
 */
export const decide = ({ session, intent, context }: Question): Decision => {
  const situation = { session, context }
  const { closed, current, approval } = session
  if (intent.type === 'resume' && current !== undefined) return resuming(session, intent)
  if (closed !== undefined) return refuse('E_SESSION_CLOSED', 'This session is closed. Open a new one.')
  if (intent.type === 'begin') return begin(situation, intent)
  if (current === undefined || intent.type === 'resume')
    return refuse('E_SESSION_NOT_OPEN', 'The session has not begun.')
  if (approval !== undefined && !besideApproval.includes(intent.type))
    return refuse('E_SESSION_APPROVAL_PENDING', 'A command waits for your approval. Answer that first.')
  return decideAtStep(situation, current, intent)
}

/** Why an intent would be refused now; `undefined` when it would be followed. Keys are greyed out by it. */
export const refusalOf = (question: Question): Refusal | undefined => {
  const decision = decide(question)
  return decision.kind === 'refused' ? decision.refusal : undefined
}
