import { classify, type Effect, type EffectKind } from '../shell/index.ts'
import type { Step, StepCommand } from '../tree/index.ts'
import { fillPlaceholders } from './fill-command.ts'

const strictness: readonly EffectKind[] = ['read', 'unknown', 'change', 'destructive']

const isStricter = (one: EffectKind, other: EffectKind): boolean =>
  strictness.indexOf(one) > strictness.indexOf(other)

/** What a line would do. The author's word counts only where it is stricter than what the line shows by itself. */
export const effectOfLine = (line: string, declared: StepCommand['declaredEffect']): Effect => {
  const seen = classify(line)
  if (declared === undefined || !isStricter(declared, seen.effect)) return seen
  return { ...seen, effect: declared, because: `the runbook says that this is ${declared}` }
}

/** Stands in for values that are not known yet: `<pod>` as it is written would read as a redirection. */
const standIns = (
  command: StepCommand,
  variables: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> =>
  new Map([...command.placeholders.map(({ name }) => [name, 'value'] as const), ...variables])

/** What a step's command would do, also while values for its placeholders are missing. */
export const effectOfCommand = (command: StepCommand, variables: ReadonlyMap<string, string>): Effect => {
  const { line } = fillPlaceholders(command.run, command.placeholders, standIns(command, variables))
  return effectOfLine(line, command.declaredEffect)
}

/** Tells whether a step is a fix step: it has commands, and none of them only reads. */
export const isFixStep = (step: Step, variables: ReadonlyMap<string, string>): boolean =>
  step.commands.length > 0 &&
  step.commands.every(command => effectOfCommand(command, variables).effect !== 'read')
