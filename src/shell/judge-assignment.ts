import type { Assignment } from 'unbash'
import { expandWhole } from './expand-word.ts'
import { type Found, foundPlain } from './found.ts'
import { holdsCommandText } from './holds-command-text.ts'
import { isLoaderVariable } from './loader-variables.ts'
import type { Scope } from './scope.ts'

/**
 * The stage of an assignment. It only sets a variable of the shell, unless the variable decides which code other programs load, or
 * its value is the text of a command substitution that a later expansion could run.
 */
export const judgeAssignment = (assignment: Assignment, scope: Scope): Found => {
  const argv0 = `${assignment.name}=`
  const value =
    assignment.value.type === 'Word' ? expandWhole(assignment.value, scope.variables).text : undefined
  if (isLoaderVariable(assignment.name, value))
    return foundPlain(argv0, 'unknown', `${assignment.name} decides what other programs run`)
  if (holdsCommandText(value)) return foundPlain(argv0, 'unknown', 'the value holds the text of a command')
  return foundPlain(argv0, 'read', 'sets a variable of the shell')
}
