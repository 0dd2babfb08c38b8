import type { ASTNode } from '@marcbachmann/cel-js'
import type { Facts, FactValue } from '../facts/index.ts'
import { compileExpression, type Expression } from './expression.ts'
import { questionsIn } from './rows-that-hold.ts'
import { isNode } from './syntax.ts'

/** The path of a fact that a node names: `load.five`, or `sysctl.vm.swappiness` for `sysctl["vm.swappiness"]`. */
const pathOf = (node: ASTNode): string | undefined => {
  if (node.op === 'id') return node.args
  if (node.op !== '.' && node.op !== '[]') return undefined
  const [owner, part] = node.args
  const outer = isNode(owner) ? pathOf(owner) : undefined
  const name = isNode(part) ? (part.op === 'value' ? part.args : undefined) : part
  return outer === undefined || typeof name !== 'string' ? undefined : `${outer}.${name}`
}

const pathsIn = (part: unknown): readonly string[] => {
  if (Array.isArray(part)) return part.flatMap(pathsIn)
  if (!isNode(part)) return []
  const path = pathOf(part)
  return path === undefined ? pathsIn(part.args) : [path]
}

/** Each with the facts that it is a part of, the deepest first: a single setting tells more than their table. */
const deepestFirst = (paths: readonly string[]): readonly string[] => {
  const parts = paths.map(path => path.split('.'))
  const depth = Math.max(0, ...parts.map(({ length }) => length))
  return Array.from({ length: depth }, (_, up) => depth - up).flatMap(length =>
    parts.filter(path => path.length >= length).map(path => path.slice(0, length).join('.')),
  )
}

const isTrue = (when: string, bindings: Facts): boolean => {
  const compiled = compileExpression(when)
  return compiled.ok && compiled.value.test(bindings) === true
}

/**
 * Where an expression that is true was read from, as paths of facts, the most telling first: the newest element that an `exists` asks
 * for (`lines[7]` is a line of the output), then the single values that it names.
 */
export const groundsOf = (expression: Expression, bindings: Facts): readonly string[] => [
  ...questionsIn(expression.ast).flatMap(({ fact, variable, when }) => {
    const rows: FactValue = bindings[fact] ?? []
    if (!Array.isArray(rows)) return []
    const at = rows.findLastIndex((row: FactValue) => isTrue(when, { ...bindings, [variable]: row }))
    return at < 0 ? [] : [`${fact}[${at}]`]
  }),
  ...deepestFirst(pathsIn(expression.ast)),
]
