import type { ASTNode } from '@marcbachmann/cel-js'
import type { Facts, FactValue } from '../facts/index.ts'
import { isNode } from './syntax.ts'

type Reading = { readonly path: string; readonly value: FactValue }

const isPlain = (value: FactValue | undefined): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'

const field = (value: FactValue, name: string): FactValue | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [name: string]: FactValue })[name]
    : undefined

/** The fact that a node such as `load.five` names, when it is one. */
const readingOf = (node: ASTNode, facts: Facts): Reading | undefined => {
  if (node.op === 'id') {
    const value = facts[node.args]
    return value === undefined ? undefined : { path: node.args, value }
  }
  if (node.op !== '.') return undefined
  const [owner, name] = node.args
  const outer = isNode(owner) ? readingOf(owner, facts) : undefined
  const value = outer && field(outer.value, name)
  return outer === undefined || value === undefined ? undefined : { path: `${outer.path}.${name}`, value }
}

const plainReadings = (part: unknown, facts: Facts): readonly Reading[] => {
  if (Array.isArray(part)) return part.flatMap(inner => plainReadings(inner, facts))
  if (!isNode(part)) return []
  const reading = readingOf(part, facts)
  if (reading !== undefined) return isPlain(reading.value) ? [reading] : []
  return plainReadings(part.args, facts)
}

const MOST_SAID = 3

/** The single values that an expression reads, as a short text such as `load.five is 7.9, cpus is 2`; `undefined` when it reads none. */
export const sayFactValues = (ast: ASTNode, facts: Facts): string | undefined => {
  const readings = new Map(plainReadings(ast, facts).map(({ path, value }) => [path, value]))
  if (readings.size === 0 || readings.size > MOST_SAID) return undefined
  return [...readings].map(([path, value]) => `${path} is ${value}`).join(', ')
}
