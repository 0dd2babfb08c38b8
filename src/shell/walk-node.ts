import type { CommandNode, PipelineNode, Statement } from 'unbash'
import { echoedText } from './echoed-text.ts'
import type { Found } from './found.ts'
import { copyScope, forgetAssigned, type Scope, type Walk } from './scope.ts'
import type { Input } from './tool.ts'
import { walkCommand } from './walk-command.ts'
import { walkCompound } from './walk-compound.ts'

/** The stages of any piece of a script that runs commands, in the order in which they stand. */
export const walkNode: Walk = (node, scope) => {
  switch (node.type) {
    case 'Script':
    case 'CompoundList':
      return node.commands.flatMap(statement => walkStatement(statement, scope))
    case 'AndOr':
      return node.commands.flatMap((command, index) =>
        index === 0 ? walkNode(command, scope) : walkPerhaps(command, scope),
      )
    case 'Pipeline':
      return walkPipeline(node.commands, scope)
    case 'Command':
      return walkCommand(node, scope)
    default:
      return walkCompound(node, scope)
  }
}

const walkStatement = (statement: Statement, scope: Scope): readonly Found[] =>
  walkNode(statement.command, statement.background === true ? copyScope(scope) : scope)

/** What may or may not run: afterwards nothing is known of the variables that it sets. */
const walkPerhaps = (node: PipelineNode, scope: Scope): readonly Found[] => {
  const found = walkNode(node, copyScope(scope))
  forgetAssigned(scope, node)
  return found
}

/** Each command of a pipe is a shell of its own; all but the first read from the pipe. */
const walkPipeline = (commands: readonly CommandNode[], scope: Scope): readonly Found[] =>
  commands.length === 1
    ? commands.flatMap(command => walkNode(command, scope))
    : commands.flatMap((command, index) => walkNode(command, pipeScope(scope, commands[index - 1])))

const pipeScope = (scope: Scope, before: CommandNode | undefined): Scope =>
  before === undefined ? copyScope(scope) : { ...copyScope(scope), input: pipedInput(before, scope) }

/** What a command puts into a pipe: known only of a plain `echo` of known words, which no shell would change on the way. */
const pipedInput = (before: CommandNode, scope: Scope): Input => {
  const text = before.type === 'Command' ? echoedText(before, scope) : undefined
  return text === undefined ? { kind: 'redirected' } : { kind: 'text', text }
}
