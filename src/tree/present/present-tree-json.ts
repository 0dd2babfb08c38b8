import type { Branch, LookFor, Step, StepCommand, Tree } from '../types.ts'
import { destinationText } from './destination-text.ts'

/** Tells the effect of a command line, for the views of a tree. */
export type EffectOf = (line: string) => string

/** A tree as `runtree tree --json` prints it. Absent values are null, so that every key is there. */
export type TreeJson = {
  readonly name: string
  readonly title: string
  readonly summary: string | null
  readonly start: string | null
  readonly symptoms: readonly { readonly say: string; readonly go: string }[]
  readonly variables: Tree['variables']
  readonly requires: readonly string[]
  readonly steps: readonly StepJson[]
}

type StepJson = {
  readonly id: string
  readonly title: string
  readonly number: string | null
  readonly level: number
  readonly parent: string | null
  readonly layer: string | null
  readonly line: number
  readonly commands: readonly CommandJson[]
  readonly lookFor: readonly LookForJson[]
  readonly branches: readonly BranchJson[]
  readonly next: string | null
}

type CommandJson = {
  readonly id: string
  readonly run: string
  readonly caption: string | null
  readonly where: string | null
  readonly effect: string
  readonly placeholders: readonly string[]
  readonly sample: string | null
  readonly line: number
}

type LookForJson = {
  readonly pattern: string
  readonly kind: string
  readonly means: string
  readonly line: number
}

type BranchJson = {
  readonly when: string
  readonly kind: Branch['condition']['kind']
  readonly to: string
  readonly label: string
  readonly line: number
}

const toCommand = (command: StepCommand, effectOf: EffectOf): CommandJson => ({
  id: command.id,
  run: command.run,
  caption: command.caption ?? null,
  where: command.place ?? null,
  effect: effectOf(command.run),
  placeholders: [...new Set(command.placeholders.map(placeholder => placeholder.name))],
  sample: command.sample ?? null,
  line: command.span.start.line,
})

const toLookFor = ({ pattern, means, line }: LookFor): LookForJson => ({
  pattern: pattern.kind === 'literal' ? pattern.text : `/${pattern.source}/${pattern.flags}`,
  kind: pattern.kind,
  means,
  line,
})

const toBranch = (tree: Tree, { when, condition, to, label, line }: Branch): BranchJson => ({
  when,
  kind: condition.kind,
  to: destinationText(tree, to),
  label,
  line,
})

const toStep = (tree: Tree, step: Step, effectOf: EffectOf): StepJson => ({
  id: step.id,
  title: step.title,
  number: step.number ?? null,
  level: step.level,
  parent: step.parent ?? null,
  layer: step.layer ?? null,
  line: step.span.start.line,
  commands: step.commands.map(command => toCommand(command, effectOf)),
  lookFor: step.lookFor.map(toLookFor),
  branches: step.branches.map(branch => toBranch(tree, branch)),
  next: step.next ?? null,
})

/** Makes the value that `runtree tree --json` prints; `effectOf` tells what a command would do. */
export const presentTreeJson = (tree: Tree, effectOf: EffectOf): TreeJson => ({
  name: tree.name,
  title: tree.title,
  summary: tree.summary ?? null,
  start: tree.start ?? null,
  symptoms: tree.symptoms.map(({ say, go }) => ({ say, go: destinationText(tree, go) })),
  variables: tree.variables,
  requires: tree.requires,
  steps: tree.steps.map(step => toStep(tree, step, effectOf)),
})
