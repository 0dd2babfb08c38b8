import type { Step, StepCommand } from '../tree/index.ts'
import { effectOfCommand } from './command-effect.ts'

const isBatchRead = (command: StepCommand, variables: ReadonlyMap<string, string>): boolean => {
  const { effect, interactive, follow } = effectOfCommand(command, variables)
  const mode = command.mode ?? (interactive || follow ? 'follow' : 'batch')
  return effect === 'read' && mode === 'batch'
}

/** The commands of a step that "run all reads" stands for: they only read, end by themselves, and are not excluded by the author. */
export const readsOfStep = (step: Step, variables: ReadonlyMap<string, string>): readonly StepCommand[] =>
  step.commands.filter(command => !command.excludeFromRunAll && isBatchRead(command, variables))
