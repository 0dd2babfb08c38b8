import { type CommandMode, fail, type Place, type Result, succeed } from '../base/index.ts'
import type { Effect } from '../shell/index.ts'
import type { Step, StepCommand } from '../tree/index.ts'
import { effectOfLine } from './command-effect.ts'
import type { Situation } from './decision.ts'
import { fillPlaceholders } from './fill-command.ts'
import { findMachine, isUnplaced, placeOfTyped, placeUnknown } from './find-machine.ts'
import type { RunRequest } from './run.ts'
import { maskSeals } from './secrets.ts'
import type { Refusal } from './types.ts'

/** A run that only lacks its number and its step. */
export type PreparedRun = Omit<RunRequest, 'runId' | 'ref'>

const modeOf = ({ interactive, follow }: Effect): CommandMode =>
  interactive ? 'interactive' : follow ? 'follow' : 'batch'

const prepare = (run: Omit<PreparedRun, 'effect' | 'because'>, { effect, because }: Effect): PreparedRun => {
  const line = maskSeals(run.line)
  return { ...run, line, ...(line === run.line ? {} : { sealed: run.line }), effect, because }
}

const machineOf = (situation: Situation, place: Place | undefined): Pick<RunRequest, 'machine'> => {
  const machine = findMachine(situation, place)
  return machine === undefined ? {} : { machine }
}

/** A line that was typed at a step, judged by what it shows alone. */
export const prepareAdHoc = (situation: Situation, step: Step | undefined, line: string): PreparedRun => {
  const { context } = situation
  const effect = effectOfLine(line, undefined)
  const mode = modeOf(effect)
  const timeoutMs = mode === 'batch' ? context.defaultTimeoutMs : undefined
  const place = placeOfTyped(situation, step)
  const where = { place, ...machineOf(situation, place) }
  return prepare({ commandId: undefined, line, ...where, mode, timeoutMs, cwd: undefined }, effect)
}

/** The refusal that names the placeholders without a value. */
export const missingValues = (names: readonly string[]): Refusal => ({
  code: 'E_SESSION_VARIABLE_MISSING',
  text: `No value yet for ${names.join(', ')}. Set it, then run the command again.`,
  variables: names,
})

/** A step's command, or the operator's edited form of it, with its placeholders filled in; refused while values are missing. */
export const prepareCommand = (
  situation: Situation,
  command: StepCommand,
  editedLine?: string,
): Result<PreparedRun, Refusal> => {
  const { session, context } = situation
  const filled = fillPlaceholders(editedLine ?? command.run, command.placeholders, session.variables)
  if (filled.missing.length > 0) return fail(missingValues(filled.missing))
  if (isUnplaced(situation, command.place)) return fail(placeUnknown(command.place ?? ''))
  const effect = effectOfLine(filled.line, command.declaredEffect)
  const mode = (editedLine === undefined ? command.mode : undefined) ?? modeOf(effect)
  const timeoutMs = command.timeoutMs ?? (mode === 'batch' ? context.defaultTimeoutMs : undefined)
  const { id, place, cwd } = command
  const where = { place, ...machineOf(situation, place) }
  return succeed(prepare({ commandId: id, line: filled.line, ...where, mode, timeoutMs, cwd }, effect))
}
