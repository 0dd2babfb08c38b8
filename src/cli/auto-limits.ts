import type { AutoLimits, Library } from '../session/index.ts'
import { type Invocation, lastValue } from './command.ts'
import { UserError } from './user-error.ts'

const readCount = (text: string): number => {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text)
  throw new UserError({
    code: 'E_CLI_USAGE',
    message: `--max-steps ${text} is no number of steps.`,
    hint: 'Write a whole number from 1, such as --max-steps 25.',
  })
}

/** A step that some runbook on the way has: the end of the walk must not hang on a slip of the pen. */
const readStep = (id: string, { trees }: Library): string => {
  if ([...trees.values()].some(tree => tree.stepById.has(id))) return id
  throw new UserError({
    code: 'E_CLI_STEP_UNKNOWN',
    message: `No step is called "${id}", so --until ${id} would never end the walk.`,
    hint: '"runtree tree RUNBOOK" lists the ids of all steps.',
  })
}

/** Reads from the command line how far a walk goes. */
export const autoLimits = (invocation: Invocation, library: Library): AutoLimits => {
  const maxSteps = lastValue(invocation, 'max-steps')
  const until = lastValue(invocation, 'until')
  return {
    ...(maxSteps === undefined ? {} : { maxSteps: readCount(maxSteps) }),
    ...(until === undefined ? {} : { until: readStep(until, library) }),
  }
}
