import { currentStep, currentTree, foundCauses, maskSeals, type Refusal } from '../../session/index.ts'
import { dealingSteps, type StepState, stepStateOf } from '../../ui/index.ts'
import { createTextReporter } from '../present-event.ts'
import { reportOfStore } from '../report-of-store.ts'
import { saveText } from '../save-text.ts'
import type { PlainDesk } from './follow-entry.ts'
import { presentMissing } from './present-missing.ts'
import { presentFindings } from './present-run.ts'

const remarksOf = ({ state, visits, troubles }: StepState): readonly string[] => [
  ...(state === 'here' ? ['you are here'] : visits.length > 0 ? ['visited'] : []),
  ...(troubles.length > 0 ? ['something was found'] : []),
]

/** Prints all steps of the runbook, with where one is, what was visited, and where something was found that is still so. */
export const tellSteps = ({ store, context, out }: PlainDesk): void => {
  const { session } = store.getSnapshot()
  const tree = currentTree(session, context.library)
  for (const { id, title, level } of tree?.steps ?? []) {
    const remarks = remarksOf(stepStateOf(session, { runbook: tree?.name ?? '', step: id }))
    const remark = remarks.length === 0 ? '' : `  [${remarks.join(', ')}]`
    out(`${'  '.repeat(Math.max(0, level - 1))}${title}  (#${id})${remark}`)
  }
}

/** Prints everything that was found, and for each cause how to get to the step that deals with it. */
export const tellFindings = ({ store, context, out }: PlainDesk): void => {
  const { session } = store.getSnapshot()
  const found = foundCauses(session)
  if (found.length === 0) out('Nothing was found so far.')
  for (const finding of found) {
    presentFindings([finding]).forEach(out)
    const [ref] = session.current === undefined ? [] : dealingSteps(finding, session.current, context.library)
    if (ref !== undefined) out(`    to go on from it: g ${ref.runbook}#${ref.step}`)
  }
}

/** Prints the placeholders of the step with what they hold; a secret's value is never shown. */
export const tellValues = (desk: PlainDesk): void => {
  const { store, context, out } = desk
  const { session } = store.getSnapshot()
  const step = currentStep(session, context.library)
  const used = step?.commands.flatMap(({ placeholders }) => placeholders.map(({ name }) => name)) ?? []
  const names = [...new Set(used)]
  if (names.length === 0) out('The commands of this step have no placeholders.')
  const types = new Map(currentTree(session, context.library)?.variables.map(v => [v.name, v.type]))
  for (const name of names) {
    const value = session.variables.get(name)
    if (value === undefined) presentMissing(desk, [name]).forEach(out)
    else out(`  ${name} = ${types.get(name) === 'secret' ? 'kept secret' : maskSeals(value)}`)
  }
}

/** Prints where commands run, and whether they may change anything. */
export const tellTarget = ({ store, out }: PlainDesk): void => {
  const { header, places } = store.getSnapshot().session
  if (header === undefined) return
  out(`Commands run on ${header.host} (${header.target}).`)
  for (const [place, { host, target }] of places) out(`  ${place} is ${host} (${target})`)
  out(
    header.readOnly
      ? 'This session is read-only: what may change something is refused.'
      : 'What may change something is asked for one by one.',
  )
  out('A session stays on its target. The list at the start chooses another, and so does --target.')
}

/** Prints what happened in the session so far. */
export const tellJournal = ({ store, context, out }: PlainDesk): void => {
  const report = createTextReporter(context.library, line => out(maskSeals(line)))
  for (const event of store.events()) {
    report(event)
    if (event.type === 'note-added') out(`  Note: ${maskSeals(event.text)}`)
  }
}

/** Prints the report as it stands. */
export const tellReport = ({ store, context, out }: PlainDesk): void =>
  out(reportOfStore(context.library)(store))

/** Writes the report to a file that is not there yet. */
export const saveReport = ({ store, context, out }: PlainDesk, path: string): Refusal | undefined => {
  const problem = saveText(path, reportOfStore(context.library)(store))
  if (problem !== undefined) return { code: 'E_PLAIN_REPORT', text: problem }
  out(`Saved to ${path}.`)
  return undefined
}
