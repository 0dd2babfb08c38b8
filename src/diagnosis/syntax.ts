import type { ASTNode } from '@marcbachmann/cel-js'

/** Whether something is a part of a parsed expression. */
export const isNode = (value: unknown): value is ASTNode =>
  typeof value === 'object' && value !== null && 'op' in value && 'args' in value

/** What a macro asks of the elements of a list fact: `units.exists(u, u.active == "failed")`. */
export type ListMacro = {
  readonly name: string
  readonly fact: string
  readonly variable: string
  readonly when: ASTNode
}

/** The macro that a part of an expression is; `undefined` where it is none over a fact. */
export const listMacroOf = (node: ASTNode | undefined): ListMacro | undefined => {
  if (node?.op !== 'rcall') return undefined
  const [name, receiver, [variable, when]] = node.args
  if (receiver.op !== 'id' || variable?.op !== 'id' || when === undefined) return undefined
  return { name, fact: receiver.args, variable: variable.args, when }
}

/** What a part of an expression counts, as `size(units)` and `units.size()` do. */
export const countedBy = (node: ASTNode): ASTNode | undefined => {
  if (node.op === 'call' && node.args[0] === 'size') return node.args[1][0]
  return node.op === 'rcall' && node.args[0] === 'size' ? node.args[1] : undefined
}
