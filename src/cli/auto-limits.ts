import type { AutoLimits, Library } from '../session/index.ts'
import { type AnswerContext, type Answers, readAnswers } from './answers/read-answers.ts'
import { lastValue, type Written } from './command.ts'
import { readTextFile } from './read-text-file.ts'
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

const answersIn = (path: string, context: AnswerContext): Answers => {
  const { answers, problems } = readAnswers(readTextFile(path), context)
  if (problems.length === 0) return answers
  const lines = problems.map(
    ({ at, message }) => `${path}:${at.line}:${at.column} error E_CLI_ANSWERS ${message}`,
  )
  throw new UserError({
    code: 'E_CLI_ANSWERS',
    message: `The answers cannot be used.\n${lines.join('\n')}`,
    hint: 'Write lines of "step: branch", with the number, the destination or the words of the branch; "runtree tree RUNBOOK" shows them.',
  })
}

/** Reads from the command line how far a walk goes, and what a person chose ahead. `entry` names the runbook that it begins with. */
export const autoLimits = (invocation: Written, context: AnswerContext): AutoLimits => {
  const maxSteps = lastValue(invocation, 'max-steps')
  const until = lastValue(invocation, 'until')
  const answers = lastValue(invocation, 'answers')
  return {
    ...(maxSteps === undefined ? {} : { maxSteps: readCount(maxSteps) }),
    ...(until === undefined ? {} : { until: readStep(until, context.library) }),
    ...(answers === undefined ? {} : { answers: answersIn(answers, context) }),
  }
}
