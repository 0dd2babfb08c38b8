import type { StepRef } from '../base/index.ts'
import { accept, type IntentOf, refuse, type Situation } from './decision.ts'
import type { Decision, Refusal } from './types.ts'

/** Where a runbook comes from whose commands nobody has let run yet; `undefined` for runtree's own and for those that were let. */
const strangeOrigin = ({ session, context }: Situation, runbook: string): string | undefined => {
  const { trees, outside } = context.library
  const isTrusted = session.trusted.get(runbook) === trees.get(runbook)?.digest
  return isTrusted ? undefined : outside?.get(runbook)
}

/** The refusal while a person has not yet said that the commands of a runbook from outside may be run. */
export const refuseStranger = (situation: Situation, { runbook }: StepRef): Refusal | undefined => {
  const origin = strangeOrigin(situation, runbook)
  return origin === undefined
    ? undefined
    : {
        code: 'E_SESSION_RUNBOOK_STRANGE',
        text: `This runbook comes from ${origin}, not from runtree. Say first that its commands may be run.`,
        runbook,
      }
}

/** Keeps that the commands of a runbook from outside may be run, as its text is now. */
export const decideTrust = (situation: Situation, { runbook }: IntentOf<'trust-runbook'>): Decision => {
  const origin = strangeOrigin(situation, runbook)
  const digest = situation.context.library.trees.get(runbook)?.digest
  return origin === undefined || digest === undefined
    ? refuse('E_SESSION_RUNBOOK_KNOWN', `Nothing has to be said about "${runbook}".`)
    : accept([{ type: 'runbook-trusted', runbook, digest, origin }])
}
