import type { Destination } from '../../base/index.ts'
import { type Edge, edgesOf, ownStep } from '../edges.ts'
import { reachableSteps } from '../reachable-steps.ts'
import type { Step, Tree } from '../types.ts'
import { destinationText } from './destination-text.ts'

type Drawing = {
  readonly tree: Tree
  readonly nodeOf: ReadonlyMap<string, string>
  readonly reached: ReadonlySet<string>
}

const longestLabel = 60

/** Mermaid reads entities; everything that could end a label or begin markup is written as one. */
const writeLabel = (text: string): string => {
  const cut = text.length > longestLabel ? `${text.slice(0, longestLabel - 1)}…` : text
  return cut.replace(/[^\p{L}\p{N} .,:;!?…/()'=+*—–-]/gu, sign => `#${sign.codePointAt(0) ?? 63};`)
}

const stepNode = ({ nodeOf, reached, tree }: Drawing, step: Step): string => {
  const name = nodeOf.get(step.id) ?? 's'
  const classes = [
    ...(tree.start === step.id ? ['start'] : []),
    ...(reached.has(step.id) ? [] : ['unreached']),
  ]
  const shape = step.branches.length > 0 ? `{{"${writeLabel(step.title)}"}}` : `["${writeLabel(step.title)}"]`
  return `  ${name}${shape}${classes.map(one => `:::${one}`).join('')}`
}

const endShapes: Readonly<Record<string, string>> = {
  resolved: 'resolved(["resolved"])',
  escalate: 'escalate(["escalate"])',
}

/** The node that an edge leads to; nodes outside the tree are drawn where they are first met. */
const targetNode = ({ tree, nodeOf }: Drawing, to: Destination): string => {
  if (to.kind !== 'step') return endShapes[to.kind] ?? 'resolved'
  const own = ownStep(tree, to)
  const text = destinationText(tree, to)
  return nodeOf.get(own ?? '') ?? `x_${text.replace(/[^A-Za-z0-9]/g, '_')}[/"${writeLabel(text)}"/]`
}

const edgeRow = (drawing: Drawing, from: string, edge: Edge): string => {
  const target = targetNode(drawing, edge.to)
  if (edge.kind === 'next') return `  ${from} -.-> ${target}`
  if (edge.kind === 'link') return `  ${from} -. link .-> ${target}`
  const { when, label } = edge.branch
  return `  ${from} -->|"${writeLabel(when || label || 'choice')}"| ${target}`
}

const edgeRows = (drawing: Drawing, step: Step): readonly string[] => {
  const from = drawing.nodeOf.get(step.id) ?? 's'
  return [...new Set(edgesOf(drawing.tree, step).map(edge => edgeRow(drawing, from, edge)))]
}

/**
 * Draws a tree as a Mermaid flowchart: steps that branch as hexagons, branches labelled with their conditions, document order
 * and links dotted, steps that cannot be reached greyed.
 */
export const presentMermaid = (tree: Tree): string => {
  const nodeOf = new Map(tree.steps.map((step, order) => [step.id, `s${order}`]))
  const drawing: Drawing = { tree, nodeOf, reached: reachableSteps(tree) }
  return [
    'flowchart TD',
    ...tree.steps.map(step => stepNode(drawing, step)),
    ...tree.steps.flatMap(step => edgeRows(drawing, step)),
    '  classDef start stroke-width:3px',
    '  classDef unreached opacity:0.5',
    '',
  ].join('\n')
}
