import { type CommandMode, fail, type Result, succeed } from '../base/index.ts'
import type { Effect } from '../shell/index.ts'
import type { StepCommand } from '../tree/index.ts'
import { effectOfLine } from './command-effect.ts'
import type { Situation } from './decision.ts'
import { fillPlaceholders } from './fill-command.ts'
import type { Refusal, RunRequest } from './types.ts'

/** A run that only lacks its number and its step. */
export type PreparedRun = Omit<RunRequest, 'runId' | 'ref'>

const modeOf = ({ interactive, follow }: Effect): CommandMode =>
  interactive ? 'interactive' : follow ? 'follow' : 'batch'

const prepare = (run: Omit<PreparedRun, 'effect' | 'because'>, { effect, because }: Effect): PreparedRun => ({
  ...run,
  effect,
  because,
})

/** An ad-hoc line, judged by what it shows alone. */
export const prepareAdHoc = ({ context }: Situation, line: string): PreparedRun => {
  const effect = effectOfLine(line, undefined)
  const mode = modeOf(effect)
  const timeoutMs = mode === 'batch' ? context.defaultTimeoutMs : undefined
  return prepare({ commandId: undefined, line, place: undefined, mode, timeoutMs, cwd: undefined }, effect)
}

/** The refusal that names the placeholders without a value. */
export const missingValues = (names: readonly string[]): Refusal => ({
  code: 'E_SESSION_VARIABLE_MISSING',
  text: `No value yet for ${names.join(', ')}. Set it, then run the command again.`,
})

/** A step's command, or the operator's edited form of it, with its placeholders filled in; refused while values are missing. */
export const prepareCommand = (
  { session, context }: Situation,
  command: StepCommand,
  editedLine?: string,
): Result<PreparedRun, Refusal> => {
  const filled = fillPlaceholders(editedLine ?? command.run, command.placeholders, session.variables)
  if (filled.missing.length > 0) return fail(missingValues(filled.missing))
  const effect = effectOfLine(filled.line, command.declaredEffect)
  const mode = (editedLine === undefined ? command.mode : undefined) ?? modeOf(effect)
  const timeoutMs = command.timeoutMs ?? (mode === 'batch' ? context.defaultTimeoutMs : undefined)
  const { id, place, cwd } = command
  return succeed(prepare({ commandId: id, line: filled.line, place, mode, timeoutMs, cwd }, effect))
}
