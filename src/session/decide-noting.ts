import type { StepRef } from '../base/index.ts'
import type { VariableType } from '../tree/index.ts'
import { refuseValue } from './check-value.ts'
import { accept, type IntentOf, refuse, refuseWith, type Situation } from './decision.ts'
import { currentTree } from './lookup.ts'
import type { Decision } from './types.ts'

const typeOf = ({ session, context }: Situation, name: string): VariableType =>
  currentTree(session, context.library)?.variables.find(variable => variable.name === name)?.type ?? 'text'

/** Keeps a value for a placeholder, checked by the type that the runbook gives it. */
export const decideSetVariable = (situation: Situation, intent: IntentOf<'set-variable'>): Decision => {
  const { name, value } = intent
  const refusal = refuseValue(name, typeOf(situation, name), value)
  return refusal === undefined ? accept([{ type: 'variable-set', name, value }]) : refuseWith(refusal)
}

/** Keeps where the commands of a place run. */
export const decideMapPlace = ({ place, machine }: IntentOf<'map-place'>): Decision =>
  place.trim() === ''
    ? refuse('E_SESSION_PLACE_EMPTY', 'The place has no name. Name the one that the command is meant for.')
    : accept([{ type: 'place-mapped', place, machine }])

/** Takes a note at the step where the session stands. */
export const decideAddNote = (ref: StepRef, text: string): Decision =>
  text.trim() === ''
    ? refuse('E_SESSION_NOTE_EMPTY', 'The note is empty. Type what should be kept.')
    : accept([{ type: 'note-added', ref, text }])
