import type { Branch, LookFor, Step, StepCommand, Tree } from '../types.ts'
import { destinationText } from './destination-text.ts'
import type { EffectOf } from './present-tree-json.ts'

const wideEffect = 'destructive'.length

const firstLine = (text: string): string => {
  const [line = '', ...more] = text.split('\n')
  return more.length > 0 ? `${line} …` : line
}

const commandRow = ({ run, place }: StepCommand, effectOf: EffectOf): string => {
  const where = place === undefined ? '' : `   (${place})`
  return `$ ${effectOf(run).padEnd(wideEffect)}  ${firstLine(run)}${where}`
}

const lookForRow = ({ pattern, means }: LookFor): string => {
  const looked = pattern.kind === 'literal' ? pattern.text : `/${pattern.source}/${pattern.flags}`
  return `! ${looked} — ${means}`
}

const branchRow = (tree: Tree, { when, label, to }: Branch): string => {
  const target = destinationText(tree, to)
  const written = to.kind === 'step' && to.ref.runbook === tree.name ? `#${target}` : target
  const condition = when === '' ? '' : `[${when}] `
  return `→ ${written}  ${condition}${label === when ? '' : label}`.trimEnd()
}

const stepRows = (tree: Tree, step: Step, effectOf: EffectOf): readonly string[] => {
  const indent = '  '.repeat(Math.max(0, step.level - 1))
  const rows = [
    ...step.commands.map(command => commandRow(command, effectOf)),
    ...step.lookFor.map(lookForRow),
    ...step.branches.map(branch => branchRow(tree, branch)),
  ]
  return [`${indent}${step.title}  #${step.id}`, ...rows.map(row => `${indent}    ${row}`)]
}

/** Draws a tree as an outline, one line a heading, command, sign and branch; `effectOf` tells what a command would do. */
export const presentTreeText = (tree: Tree, effectOf: EffectOf): string => {
  const head = tree.summary === undefined ? [tree.title] : [tree.title, tree.summary]
  const start = tree.start === undefined ? [] : [`start: #${tree.start}`]
  const rows = tree.steps.flatMap(step => stepRows(tree, step, effectOf))
  return [...head, ...start, '', ...rows].join('\n').concat('\n')
}
