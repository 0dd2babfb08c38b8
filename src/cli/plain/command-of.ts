import { currentStep, type Refusal } from '../../session/index.ts'
import type { StepCommand } from '../../tree/index.ts'
import type { PlainDesk } from './follow-entry.ts'

/** The command with a number of the step where the session stands, or that there is none such. */
export const commandOf = ({ store, context }: PlainDesk, number: number): StepCommand | Refusal =>
  currentStep(store.getSnapshot().session, context.library)?.commands[number - 1] ?? {
    code: 'E_PLAIN_COMMAND',
    text: `This step has no command ${number}.`,
  }
