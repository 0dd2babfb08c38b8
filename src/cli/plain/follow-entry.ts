import { nearestWord } from '../../base/index.ts'
import type { SessionStore } from '../../runtime/index.ts'
import {
  currentStep,
  currentTree,
  type DecideContext,
  findUnplaced,
  type Intent,
  placeUnknown,
  type Refusal,
  whyPlacesStay,
} from '../../session/index.ts'
import type { Step } from '../../tree/index.ts'
import { readMachine } from '../places-at-start.ts'
import { targetForms } from './ask-place.ts'
import { commandOf } from './command-of.ts'
import { copyEntry } from './copy-text.ts'
import { entryHelp } from './entry-help.ts'
import { jump, tellFound } from './find-step.ts'
import type { OutputTimes } from './output-times.ts'
import type { Entry, SimpleEntry } from './parse-entry.ts'
import { presentStep } from './present-step.ts'
import {
  saveReport,
  tellFindings,
  tellJournal,
  tellReport,
  tellSteps,
  tellTarget,
  tellValues,
} from './tell.ts'
import { tellKeys } from './tell-keys.ts'
import { tellLines, tellOutput } from './tell-output.ts'
import type { MarkWalk } from './walk-marks.ts'

/** What the plain mode works on. `out` prints a text for people, `outputs` as it is what commands printed, which was cleaned as it came. */
export type PlainDesk = {
  readonly store: SessionStore
  readonly context: DecideContext
  readonly out: (line: string) => void
  readonly outputs: (text: string) => void
  /** Puts a text into the clipboard of a terminal; tells whether there is one. */
  readonly copy: (text: string) => 'sent' | 'no terminal'
  readonly walkMarks: MarkWalk
  readonly times: OutputTimes
}

/** Prints the step where the session stands. */
export const showStep = ({ store, context, out }: PlainDesk): void => {
  const { session } = store.getSnapshot()
  const step = currentStep(session, context.library)
  if (step !== undefined) presentStep(session, context.library, step).forEach(out)
}

const stepOf = ({ store, context }: PlainDesk): Step | undefined =>
  currentStep(store.getSnapshot().session, context.library)

const commandIntent = (desk: PlainDesk, number: number, editedLine?: string): Intent | Refusal => {
  const command = commandOf(desk, number)
  if ('code' in command) return command
  return { type: 'run-command', commandId: command.id, ...(editedLine === undefined ? {} : { editedLine }) }
}

/** Before only some of the reads run, it is to be said where the others do. */
const readsIntent = (desk: PlainDesk): Intent | Refusal => {
  const step = stepOf(desk)
  const { session } = desk.store.getSnapshot()
  const [place] = step === undefined ? [] : findUnplaced({ session, context: desk.context }, step)
  return place === undefined ? { type: 'run-reads' } : placeUnknown(place)
}

/** A misspelt name would be kept and never used. */
const valueIntent = ({ store, context }: PlainDesk, name: string, value: string): Intent | Refusal => {
  const tree = currentTree(store.getSnapshot().session, context.library)
  const used = tree?.steps.flatMap(step => step.commands).flatMap(({ placeholders }) => placeholders) ?? []
  const known = [...(tree?.variables ?? []), ...used].map(one => one.name)
  if (known.includes(name)) return { type: 'set-variable', name, value }
  const near = nearestWord(name, known)
  const hint = near === undefined ? 'v lists those of this step.' : `Did you mean ${near}?`
  return { code: 'E_PLAIN_VALUE', text: `No placeholder of this runbook is called ${name}. ${hint}` }
}

/** A place that no command of the runbook is meant for would be kept and never used. */
const placeIntent = ({ store, context, out }: PlainDesk, place: string, target: string): Intent | Refusal => {
  const { session } = store.getSnapshot()
  const stays = whyPlacesStay(session)
  if (stays !== undefined || session.header === undefined) return { code: 'E_PLAIN_PLACE', text: stays ?? '' }
  const commands = currentTree(session, context.library)?.steps.flatMap(step => step.commands) ?? []
  const known = new Set(commands.flatMap(command => command.place ?? []))
  if (!known.has(place))
    return {
      code: 'E_PLAIN_PLACE',
      text: `No command of this runbook is meant for ${place}. It knows ${[...known].join(', ')}.`,
    }
  const machine = readMachine(place, target, session.header)
  if (machine === undefined)
    return { code: 'E_PLAIN_PLACE', text: `"${target}" names no target. ${targetForms}` }
  out(`Commands meant for ${place} run on ${machine.host} (${machine.target}) from now on.`)
  return { type: 'map-place', place, machine }
}

const walks: Partial<Readonly<Record<SimpleEntry, Intent>>> = {
  recommended: { type: 'take-recommended' },
  next: { type: 'go-next' },
  back: { type: 'go-back' },
  forward: { type: 'go-forward' },
  up: { type: 'go-to-last-branch' },
}

const shows: Partial<Readonly<Record<SimpleEntry, (desk: PlainDesk) => void>>> = {
  step: showStep,
  steps: tellSteps,
  findings: tellFindings,
  values: tellValues,
  target: tellTarget,
  journal: tellJournal,
  report: tellReport,
  keys: tellKeys,
  times: ({ times, out }) => out(times.toggle()),
  help: ({ out }) => {
    for (const [keys, about] of entryHelp) out(`  ${keys.padEnd(14)} ${about}`)
  },
}

const intentOf = (desk: PlainDesk, entry: Entry): Intent | Refusal | undefined => {
  switch (entry.kind) {
    case 'run':
      return commandIntent(desk, entry.command)
    case 'edit':
      return commandIntent(desk, entry.command, entry.line)
    case 'run-reads':
      return readsIntent(desk)
    case 'branch':
      return { type: 'take-branch', branch: entry.branch - 1 }
    case 'go':
      return jump(desk, entry.words)
    case 'ad-hoc':
      return { type: 'run-ad-hoc', line: entry.line }
    case 'set':
      return valueIntent(desk, entry.name, entry.value)
    case 'place':
      return placeIntent(desk, entry.place, entry.target)
    case 'note':
      return { type: 'add-note', text: entry.text }
    case 'simple':
      return walks[entry.name]
    case 'unknown':
      return { code: 'E_PLAIN_ENTRY', text: `"${entry.text}" means nothing here. Type ? for help.` }
    case 'output':
      return tellOutput(desk, entry)
    case 'lines':
      return tellLines(desk, entry)
    case 'copy':
      return copyEntry(desk, entry)
    case 'mark':
      return desk.walkMarks(desk, entry.goal)
    case 'search':
      tellFound(desk, entry.words)
      return undefined
    case 'save-report':
      return saveReport(desk, entry.path)
    case 'ask-value':
    case 'nothing':
      return undefined
  }
}

/** Does what was typed; gives the refusal when it cannot be done. */
export const followEntry = (desk: PlainDesk, entry: Entry): Refusal | undefined => {
  if (entry.kind === 'simple') shows[entry.name]?.(desk)
  const intent = intentOf(desk, entry)
  if (intent === undefined) return undefined
  return 'code' in intent ? intent : desk.store.dispatch(intent)
}
