import { type Intent, refusalOf } from '../../session/index.ts'
import type { Action } from '../state/action.ts'
import type { Moment } from '../state/moment.ts'
import type { Binding } from './binding.ts'

/** A binding of this program. */
export type AppBinding = Binding<Moment, Action>

/** Why an intent would be refused at this moment; a sentence without a session too. */
export const whyNot =
  (intent: Intent) =>
  ({ snapshot, services }: Moment): string | undefined => {
    if (snapshot === undefined) return 'No runbook is open. Choose one first.'
    return refusalOf({ session: snapshot.session, intent, context: services.context })?.text
  }
