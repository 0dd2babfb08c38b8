import type { StepRef } from '../../base/index.ts'
import { oneLine } from '../trim-signs.ts'
import type { Step, Tree } from '../types.ts'

/** In which part of a step words were found; the order is that of their weight. */
export type SearchField = 'title' | 'command' | 'caption' | 'explanation'

/** A piece of text that can be found, and the step that it belongs to. */
export type SearchEntry = {
  readonly ref: StepRef
  readonly runbook: string
  readonly title: string
  readonly field: SearchField
  readonly text: string
}

/** Everything that can be found in some trees, by field. Make it once for many searches. */
export type SearchIndex = ReadonlyMap<SearchField, readonly SearchEntry[]>

/** The fields of a step in the order of their weight. */
export const searchFields: readonly SearchField[] = ['title', 'command', 'caption', 'explanation']

const longestText = 500

const paragraphs = (markdown: string): readonly string[] =>
  markdown
    .split(/\n\s*\n|\n(?=\s*(?:[-*+]|\d+[.)]|\|)\s)/)
    .map(text => oneLine(text).slice(0, longestText))
    .filter(text => text !== '')

const textsOf = (step: Step): Readonly<Record<SearchField, readonly string[]>> => ({
  title: [step.title],
  command: step.commands.map(command => command.run.slice(0, longestText)),
  caption: [
    ...step.commands.flatMap(({ run, caption }) =>
      caption === undefined ? [] : `${caption} — ${run}`.slice(0, longestText),
    ),
    ...step.lookFor.map(lookFor => lookFor.means),
    ...step.branches.map(branch => branch.label),
  ],
  explanation: paragraphs(step.explanation),
})

const entriesOf = (tree: Tree, step: Step, field: SearchField): readonly SearchEntry[] =>
  textsOf(step)[field].map(text => ({
    ref: { runbook: tree.name, step: step.id },
    runbook: tree.title,
    title: step.title,
    field,
    text,
  }))

/** Gathers the titles, commands, captions and explanations of trees for searching. */
export const compileSearchIndex = (trees: readonly Tree[]): SearchIndex =>
  new Map(
    searchFields.map(field => [
      field,
      trees.flatMap(tree => tree.steps.flatMap(step => entriesOf(tree, step, field))),
    ]),
  )
