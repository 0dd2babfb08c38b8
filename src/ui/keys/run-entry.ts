import { findUnplaced, type Intent, refusalOf, suggestFor } from '../../session/index.ts'
import type { StepScene } from '../scene/step-scene.ts'
import { type Action, change, stay } from '../state/action.ts'
import type { Moment } from '../state/moment.ts'
import { type AskedVariable, askPlace } from '../state/overlay.ts'
import { fieldOf } from '../state/text-field.ts'
import { whyNot } from './app-binding.ts'

const intentOf = ({ entry }: StepScene): Intent | undefined => {
  if (entry === undefined) return undefined
  const commandId = entry.command?.id
  return commandId === undefined
    ? { type: 'run-ad-hoc', line: entry.line }
    : { type: 'run-command', commandId }
}

/** The form for placeholders, with what the runbook says about each and the value that it has, if any. */
export const askFor = ({ tree, session }: StepScene, names: readonly string[]): readonly AskedVariable[] =>
  names.map(name => {
    const known = tree.variables.find(variable => variable.name === name)
    const type = known === undefined || known.type === 'text' ? '' : ` (${known.type})`
    const isSecret = known?.type === 'secret'
    const suggestions = known === undefined ? [] : suggestFor(session, known)
    const only = suggestions.length === 1 ? suggestions[0] : undefined
    const given = isSecret ? undefined : (session.variables.get(name) ?? only)
    return {
      name,
      about: `${known?.about ?? ''}${type}`.trim(),
      field: fieldOf(given),
      isSecret,
      suggestions,
    }
  })

const goOn: Intent = { type: 'go-next' }

/** Why an intent would be refused. That its place or its runbook is not known is no reason: it is asked for. */
const whyNotKnownPlace =
  (intent: Intent) =>
  ({ snapshot, services }: Moment): string | undefined => {
    if (snapshot === undefined) return 'No runbook is open. Choose one first.'
    const refusal = refusalOf({ session: snapshot.session, intent, context: services.context })
    return refusal?.place === undefined && refusal?.runbook === undefined ? refusal?.text : undefined
  }

const reads: Intent = { type: 'run-reads' }

/** Runs all reads of the step; asks first where they run, if that is not known of one. */
export const runReads = ({ scene, services }: Moment): Action => {
  const [place] =
    scene === undefined ? [] : findUnplaced({ session: scene.session, context: services.context }, scene.step)
  return place === undefined
    ? { type: 'run', intent: reads }
    : change({ type: 'overlay', overlay: askPlace(place, reads) })
}

/** Why the reads of the step cannot be run now. */
export const whyNotReads = whyNotKnownPlace(reads)

/** Runs the chosen command; asks first for values that it still needs. A step that is only to be read is left for the next. */
export const runEntry = ({ scene }: Moment): Action => {
  const intent = scene && intentOf(scene)
  if (scene === undefined) return stay
  if (intent === undefined) return { type: 'intent', intent: goOn }
  const missing = scene.entry?.missing ?? []
  if (missing.length === 0) return { type: 'run', intent }
  return change({
    type: 'overlay',
    overlay: { kind: 'variables', asked: askFor(scene, missing), at: 0, intent },
  })
}

/** Why the chosen command cannot be run now, or the next step not be shown. Missing values are no reason: they are asked for. */
export const whyNotRun = (moment: Moment): string | undefined => {
  const intent = moment.scene && intentOf(moment.scene)
  if (intent === undefined) return whyNot(goOn)(moment)
  return (moment.scene?.entry?.missing.length ?? 0) > 0 ? undefined : whyNotKnownPlace(intent)(moment)
}
