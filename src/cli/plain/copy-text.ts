import { dropColours, showHidden } from '../../base/index.ts'
import { currentStep, fillCommand, maskSeals, type Refusal } from '../../session/index.ts'
import { reportOfStore } from '../report-of-store.ts'
import { commandOf } from './command-of.ts'
import type { PlainDesk } from './follow-entry.ts'
import type { CopyKind, Entry } from './parse-entry.ts'
import { presentStep } from './present-step.ts'
import { keptOutput, runOfCommand } from './tell-output.ts'

const commandText = (desk: PlainDesk, number: number): string | Refusal => {
  const command = commandOf(desk, number)
  if ('code' in command) return command
  return maskSeals(fillCommand(command, desk.store.getSnapshot().session.variables).line)
}

const outputText = (desk: PlainDesk, number: number): string | Refusal => {
  const run = runOfCommand(desk, number)
  if ('code' in run) return run
  const { lines } = keptOutput(desk, run)
  return lines.length === 0
    ? { code: 'E_PLAIN_OUTPUT', text: `Of command ${number} there is no output to copy.` }
    : Array.from(lines, ({ text }) => dropColours(text)).join('\n')
}

const stepText = ({ store, context }: PlainDesk): string => {
  const { session } = store.getSnapshot()
  const step = currentStep(session, context.library)
  return step === undefined ? '' : presentStep(session, context.library, step).join('\n').trim()
}

const texts: Readonly<Record<CopyKind, (desk: PlainDesk, number: number) => string | Refusal>> = {
  command: commandText,
  output: outputText,
  step: stepText,
  report: desk => reportOfStore(desk.context.library)(desk.store),
}

/** Prints what is to be copied by itself, and puts it into the clipboard where a terminal can. */
export const copyEntry = (
  desk: PlainDesk,
  { what, command }: Extract<Entry, { kind: 'copy' }>,
): Refusal | undefined => {
  const text = texts[what](desk, command)
  if (typeof text !== 'string') return text
  desk.outputs(showHidden(text))
  if (desk.copy(text) === 'sent') desk.out(`Copied the ${what}, where the terminal allows it (OSC 52).`)
  return undefined
}
