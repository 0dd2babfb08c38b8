import { forEachChild, type SyntaxNode, type Word } from 'unbash'
import { expandWhole } from './expand-word.ts'
import { type Found, foundPlain } from './found.ts'
import { holdsCommandText } from './holds-command-text.ts'
import { copyScope, type Scope } from './scope.ts'

/** The stages that a word, an assignment, a test or an arithmetic expression runs through its substitutions. */
export const walkExpansions = (node: SyntaxNode, scope: Scope): readonly Found[] => {
  if (node.type === 'Script') return scope.walk(node, copyScope(scope))
  const nested: Found[] = [...judgeExpansion(node, scope)]
  forEachChild(node, child => nested.push(...walkExpansions(child, scope)))
  return nested
}

/** `${!name}` and `${name@P}` run or name what a variable holds; `${name:=value}` sets it; a test may run the index of an array. */
const judgeExpansion = (node: SyntaxNode, scope: Scope): readonly Found[] => {
  if (node.type === 'TestUnary') return judgeOperands([node.operand], scope)
  if (node.type === 'TestBinary') return judgeOperands([node.left, node.right], scope)
  if (node.type !== 'ParameterExpansion') return []
  const operation = node.operation
  if (operation?.type === 'Default' && operation.operator.endsWith('='))
    scope.variables.delete(node.parameter)
  const indirect = node.prefix === '!' && operation?.type !== 'Names' && node.index === undefined
  return indirect || operation?.type === 'Transform' || operation?.type === 'Unknown'
    ? [foundPlain(node.text, 'unknown', 'expands what a variable holds')]
    : []
}

const judgeOperands = (operands: readonly Word[], scope: Scope): readonly Found[] =>
  operands.some(operand => holdsCommandText(expandWhole(operand, scope.variables).text))
    ? [foundPlain('[[', 'unknown', 'an operand holds the text of a command')]
    : []
