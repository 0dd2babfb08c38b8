import type { SessionStore } from '../../runtime/index.ts'
import {
  currentStep,
  currentTree,
  type DecideContext,
  findUnplaced,
  foundCauses,
  type Intent,
  placeUnknown,
  type Refusal,
} from '../../session/index.ts'
import { findSteps, type Step } from '../../tree/index.ts'
import { type Entry, entryHelp, type SimpleEntry } from './parse-entry.ts'
import { presentFindings } from './present-run.ts'
import { presentStep } from './present-step.ts'

/** What the plain mode works on. `out` prints a line, `outputs` what commands printed, which was cleaned as it came. */
export type PlainDesk = {
  readonly store: SessionStore
  readonly context: DecideContext
  readonly out: (line: string) => void
  readonly outputs: (text: string) => void
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
  const command = stepOf(desk)?.commands[number - 1]
  if (command === undefined) return { code: 'E_PLAIN_COMMAND', text: `This step has no command ${number}.` }
  return { type: 'run-command', commandId: command.id, ...(editedLine === undefined ? {} : { editedLine }) }
}

/** Before only some of the reads run, it is to be said where the others do. */
const readsIntent = (desk: PlainDesk): Intent | Refusal => {
  const step = stepOf(desk)
  const { session } = desk.store.getSnapshot()
  const [place] = step === undefined ? [] : findUnplaced({ session, context: desk.context }, step)
  return place === undefined ? { type: 'run-reads' } : placeUnknown(place)
}

const jump = (desk: PlainDesk, words: string): Intent | Refusal => {
  const tree = currentTree(desk.store.getSnapshot().session, desk.context.library)
  const found = tree === undefined ? [] : findSteps(tree, words)
  const [first, second] = found
  if (tree === undefined || first === undefined)
    return { code: 'E_PLAIN_STEP', text: `No step fits "${words}".` }
  if (second === undefined) return { type: 'enter-step', ref: { runbook: tree.name, step: first.id } }
  return {
    code: 'E_PLAIN_STEP',
    text: ['Several steps fit:', ...found.map(s => `  #${s.id}  ${s.title}`)].join('\n'),
  }
}

const listSteps = ({ store, context, out }: PlainDesk): void => {
  const tree = currentTree(store.getSnapshot().session, context.library)
  for (const step of tree?.steps ?? [])
    out(`${'  '.repeat(Math.max(0, step.level - 1))}${step.title}  (#${step.id})`)
}

const listFindings = ({ store, out }: PlainDesk): void => {
  const lines = presentFindings(foundCauses(store.getSnapshot().session))
  if (lines.length === 0) out('Nothing was found so far.')
  lines.forEach(out)
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
  steps: listSteps,
  findings: listFindings,
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
      return { type: 'set-variable', name: entry.name, value: entry.value }
    case 'note':
      return { type: 'add-note', text: entry.text }
    case 'simple':
      return walks[entry.name]
    case 'unknown':
      return { code: 'E_PLAIN_ENTRY', text: `"${entry.text}" means nothing here. Type ? for help.` }
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
