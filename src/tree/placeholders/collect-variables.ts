import type { FrontMatter } from '../../document/index.ts'
import type { Step, Variable } from '../types.ts'
import { inferType } from './infer-type.ts'

/** The variables of a runbook: those declared, in their order, then those found in commands, in theirs. */
export const collectVariables = ({ variables }: FrontMatter, steps: readonly Step[]): readonly Variable[] => {
  const found = new Map<string, Variable>()
  for (const { name, about, type, from } of variables) {
    found.set(name, { name, about, type: type ?? inferType(name), from })
  }
  for (const { name } of steps.flatMap(step => step.commands.flatMap(command => command.placeholders))) {
    if (!found.has(name)) found.set(name, { name, about: undefined, type: inferType(name), from: undefined })
  }
  return [...found.values()]
}
