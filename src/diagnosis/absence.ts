import type { ASTNode } from '@marcbachmann/cel-js'
import { type LineFilter, lineFilterOf } from '../facts/index.ts'
import type { Expression } from './expression.ts'
import { countedBy, isNode, listMacroOf } from './syntax.ts'
import type { Observation } from './types.ts'

/** A part of an expression that is true because a list fact holds no such element. */
type Absence = { readonly fact: string; readonly when: ASTNode | undefined }

const nodesIn = (value: unknown): readonly ASTNode[] => {
  if (Array.isArray(value)) return value.flatMap(nodesIn)
  return isNode(value) ? [value] : []
}

const listIn = (node: ASTNode | undefined): Absence | undefined => {
  if (node?.op === 'id') return { fact: node.args, when: undefined }
  const macro = listMacroOf(node)
  return macro?.name === 'exists' || macro?.name === 'filter' ? macro : undefined
}

const isZero = (node: ASTNode): boolean => node.op === 'value' && Number(node.args) === 0

const absencesIn = (node: ASTNode): readonly Absence[] => {
  if (node.op === '!_' && node.args.op === 'rcall') return [listIn(node.args) ?? []].flat()
  if (node.op === '==' && isZero(node.args[1])) return [listIn(countedBy(node.args[0])) ?? []].flat()
  return nodesIn(node.args).flatMap(absencesIn)
}

const wordsIn = (node: ASTNode): readonly string[] => {
  if (node.op === 'value') return typeof node.args === 'string' ? [node.args] : []
  return nodesIn(node.args).flatMap(wordsIn)
}

const isDenied = (node: ASTNode): boolean => node.op === '!=' || node.op === '!_'

// Of conditions that must all hold one suffices: a line that has that word was let through. Of a list of names one that was looked
// for shows that the filter is meant for them. What an element must not be
// (`p.program != "grep"`) is asked of the lines that the filter left.
const isShown = (node: ASTNode, shows: LineFilter): boolean => {
  if (node.op === '&&') {
    const parts = node.args.filter(part => !isDenied(part))
    return parts.length === 0 || parts.some(part => isShown(part, shows))
  }
  if (node.op === '||') return node.args.every(part => isShown(part, shows))
  const words = wordsIn(node)
  if (isDenied(node)) return words.length > 0
  return words.length === 0 ? shows('') : words.some(shows)
}

// What one listing did not show another may have.
const shownIn = (fact: string, observations: readonly Observation[]): LineFilter => {
  const filters = observations
    .filter(({ facts }) => fact in facts)
    .map(({ command }) => lineFilterOf(command, fact))
  return word => filters.length === 0 || filters.some(shows => shows === undefined || shows(word))
}

/**
 * The list fact whose missing elements an expression goes by although every listing of it was filtered for something else:
 * `!units.exists(u, u.name == "kubelet.service")` after `systemctl | grep etcd`. `undefined` when absence was looked for rightly. An
 * expression that reads `command` takes care of filters itself.
 */
export const unprovenAbsence = (
  expression: Expression,
  observations: readonly Observation[],
): string | undefined => {
  if (expression.names.includes('command')) return undefined
  return absencesIn(expression.ast).find(
    ({ fact, when }) => when !== undefined && !isShown(when, shownIn(fact, observations)),
  )?.fact
}
