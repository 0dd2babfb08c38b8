import {
  type AutoMove,
  type CloseStatus,
  currentStep,
  foundCauses,
  type Library,
  type Session,
} from '../session/index.ts'
import { type Invocation, lastValue } from './command.ts'
import { parseDuration } from './parse-duration.ts'
import { UserError } from './user-error.ts'

/** How far a walk without a person goes. */
export type AutoLimits = {
  readonly maxSteps: number
  readonly deadlineMs: number | undefined
  /** The id of the step behind which it ends. */
  readonly until: string | undefined
}

/** Goes as far as the runbooks lead. */
export const noLimits: AutoLimits = {
  maxSteps: Number.POSITIVE_INFINITY,
  deadlineMs: undefined,
  until: undefined,
}

const readCount = (text: string | undefined): number => {
  if (text === undefined) return Number.POSITIVE_INFINITY
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text)
  throw new UserError({
    code: 'E_CLI_USAGE',
    message: `--max-steps ${text} is no number of steps.`,
    hint: 'Write a whole number from 1, such as --max-steps 25.',
  })
}

/** Reads the limits from the command line. */
export const autoLimits = (invocation: Invocation): AutoLimits => {
  const deadline = lastValue(invocation, 'deadline')
  return {
    maxSteps: readCount(lastValue(invocation, 'max-steps')),
    deadlineMs: deadline === undefined ? undefined : parseDuration(deadline),
    until: lastValue(invocation, 'until'),
  }
}

/** How the walk ends where its next move would go beyond the limits; `undefined` while it may go on. */
export const limitReached = (
  session: Session,
  move: AutoMove,
  { limits, library }: Reach,
): CloseStatus | undefined => {
  const movesOn = move.kind === 'intent' && move.intent.type !== 'run-reads'
  if (!movesOn) return undefined
  if (limits.until !== undefined && currentStep(session, library)?.id === limits.until)
    return foundCauses(session).length > 0 ? 'problem-found' : 'healthy'
  return session.path.length >= limits.maxSteps ? 'asked' : undefined
}

/** What a limit is judged by. */
export type Reach = { readonly limits: AutoLimits; readonly library: Library }
