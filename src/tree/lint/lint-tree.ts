import type { Diagnostic } from '../../base/index.ts'
import type { Tree } from '../types.ts'
import { lintCommands } from './lint-commands.ts'
import { lintConditions } from './lint-conditions.ts'
import { createLintContext, type LintChecks } from './lint-context.ts'
import { lintFlow } from './lint-flow.ts'
import { lintLinks } from './lint-links.ts'
import { lintVariables } from './lint-variables.ts'

const rules = [lintLinks, lintFlow, lintConditions, lintCommands, lintVariables]

const byPlace = (a: Diagnostic, b: Diagnostic): number =>
  a.span.start.line - b.span.start.line || a.span.start.column - b.span.start.column

/**
 * Checks a tree: links, ways on, conditions, patterns, commands and placeholders, in the order of the lines. In a document that
 * was not written for walking all but unusable patterns are hints.
 */
export const lintTree = (tree: Tree, checks: LintChecks): readonly Diagnostic[] => {
  const context = createLintContext(tree, checks)
  return rules.flatMap(rule => rule(context)).sort(byPlace)
}
