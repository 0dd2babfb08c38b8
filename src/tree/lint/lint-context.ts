import { type DiagnosticSeverity, remembered, type StepRef } from '../../base/index.ts'
import type { StepCommand, Tree } from '../types.ts'

/** Why a condition cannot be used: what is wrong, and where in the expression, counted from 1, when that is known. */
export type ConditionProblem = { readonly message: string; readonly column?: number | undefined }

/** What a command does. */
type SeenEffect = 'read' | 'change' | 'destructive' | 'unknown'

/** What lint asks of rooms that a tree knows nothing of. */
export type LintChecks = {
  /** Whether the knowledge base has a cause of this id. */
  readonly knownCause: (id: string) => boolean
  /** What is wrong with a CEL expression over facts; `undefined` when nothing is. */
  readonly checkCondition: (expression: string) => ConditionProblem | undefined
  /** What a command line does. */
  readonly effectOf: (line: string) => SeenEffect
  /** Whether another runbook of the library has this step. */
  readonly knownRunbookStep: (ref: StepRef) => boolean
}

/** A tree with what its rules need to judge it. */
export type LintContext = {
  readonly tree: Tree
  readonly checks: LintChecks
  /** What a command does: what its author says counts where the line tells nothing or less. Several rules ask for it. */
  readonly effectOf: (command: StepCommand) => SeenEffect
  /** The severity of a fault: a document that was never meant to be walked only gets hints. */
  readonly grade: (severity: DiagnosticSeverity) => DiagnosticSeverity
}

const isDeclared = ({ about, from }: Tree['variables'][number]): boolean =>
  about !== undefined || from !== undefined

/** Whether a document was written for walking: it has branches, symptoms, a summary or declared variables. */
export const isAnnotated = (tree: Tree): boolean =>
  tree.summary !== undefined ||
  tree.symptoms.length > 0 ||
  tree.requires.length > 0 ||
  tree.variables.some(isDeclared) ||
  tree.steps.some(step => step.branches.length > 0)

const effectOf = ({ run, declaredEffect }: StepCommand, checks: LintChecks): SeenEffect => {
  const seen = checks.effectOf(run)
  if (declaredEffect === undefined || seen === 'destructive') return seen
  return seen === 'change' && declaredEffect === 'read' ? seen : declaredEffect
}

/** Makes the context for one tree. */
export const createLintContext = (tree: Tree, checks: LintChecks): LintContext => {
  const annotated = isAnnotated(tree)
  return {
    tree,
    checks,
    effectOf: remembered(command => effectOf(command, checks)),
    grade: severity => (annotated ? severity : 'hint'),
  }
}
