import type { StepRef } from '../base/index.ts'
import { inferType, type Tree, type VariableType } from '../tree/index.ts'
import { refuseValue } from './check-value.ts'
import { accept, type IntentOf, refuse, refuseWith, type Situation } from './decision.ts'
import { currentTree } from './lookup.ts'
import { sealOf } from './secrets.ts'
import type { Decision } from './types.ts'

const typeIn = (tree: Tree | undefined, name: string): VariableType | undefined =>
  tree?.variables.find(variable => variable.name === name)?.type

/** The type that the runbook gives a variable. What any runbook of the library keeps secret, or what its name says is one, is secret. */
const typeOf = ({ session, context: { library } }: Situation, name: string): VariableType => {
  const types = [currentTree(session, library), ...library.trees.values()].map(tree => typeIn(tree, name))
  const known = types.includes('secret') ? 'secret' : types.find(type => type !== undefined)
  return known ?? (inferType(name) === 'secret' ? 'secret' : 'text')
}

/** Keeps a value for a placeholder, checked by the type that the runbook gives it. Of a secret only its seal becomes an event. */
export const decideSetVariable = (situation: Situation, intent: IntentOf<'set-variable'>): Decision => {
  const { name, value, isSecret } = intent
  const type = typeOf(situation, name)
  const refusal = refuseValue(name, type, value)
  if (refusal !== undefined) return refuseWith(refusal)
  return type === 'secret' || isSecret === true
    ? accept([{ type: 'variable-set', name, value: sealOf(name) }], [{ type: 'keep-secret', name, value }])
    : accept([{ type: 'variable-set', name, value }])
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
