import type { AndOr, CompoundList, PipelineNode, Script, SyntaxNode } from 'unbash'
import type { Beginning } from './expand-word.ts'
import type { Found } from './found.ts'
import { type Assigned, listAssigned } from './list-assigned.ts'
import type { Input } from './tool.ts'

/** A piece of syntax that runs commands. */
export type Runnable = Script | CompoundList | AndOr | PipelineNode

/** Gives the stages of a piece of syntax, in the order in which they stand. */
export type Walk = (node: Runnable, scope: Scope) => readonly Found[]

/** What is known at a place of a script. `variables` and `functions` change as the walk goes on. */
export type Scope = {
  readonly variables: Map<string, string | Beginning>
  /** The functions of the line, each with the variables that it may set. */
  readonly functions: Map<string, Assigned>
  readonly input: Input
  /** How many shells deep: `sh -c` in `sh -c`. */
  readonly depth: number
  /** How many times this place is walked because of loops around it. */
  readonly turns: number
  /** Walks on into a piece that this one holds. */
  readonly walk: Walk
}

/** The scope at the start of a line: nothing is known of the environment. */
export const openScope = (walk: Walk): Scope => ({
  variables: new Map(),
  functions: new Map(),
  input: { kind: 'inherited' },
  depth: 0,
  turns: 1,
  walk,
})

/** A scope of its own, as a subshell has: what is set in it does not come back. */
export const copyScope = (scope: Scope): Scope => ({
  ...scope,
  variables: new Map(scope.variables),
  functions: new Map(scope.functions),
})

/** Forgets every variable that a piece of syntax may set, because it may or may not run. */
export const forgetAssigned = (scope: Scope, node: SyntaxNode): void => forget(scope, listAssigned(node))

/** Forgets what may have been set. */
export const forget = (scope: Scope, { names, everything }: Assigned): void => {
  if (everything) scope.variables.clear()
  for (const name of names) scope.variables.delete(name)
}
