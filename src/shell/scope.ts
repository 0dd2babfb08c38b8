import {
  type AndOr,
  type CompoundList,
  forEachChild,
  type PipelineNode,
  type Script,
  type SyntaxNode,
} from 'unbash'
import type { Found } from './found.ts'
import type { Input } from './tool.ts'

/** A piece of syntax that runs commands. */
export type Runnable = Script | CompoundList | AndOr | PipelineNode

/** Gives the stages of a piece of syntax, in the order in which they stand. */
export type Walk = (node: Runnable, scope: Scope) => readonly Found[]

/** What is known at a place of a script. `variables` and `functions` change as the walk goes on. */
export type Scope = {
  readonly variables: Map<string, string>
  readonly functions: Set<string>
  readonly input: Input
  /** How many shells deep: `sh -c` in `sh -c`. */
  readonly depth: number
  /** Walks on into a piece that this one holds. */
  readonly walk: Walk
}

/** The scope at the start of a line: nothing is known of the environment. */
export const openScope = (walk: Walk): Scope => ({
  variables: new Map(),
  functions: new Set(),
  input: { kind: 'inherited' },
  depth: 0,
  walk,
})

/** A scope of its own, as a subshell has: what is set in it does not come back. */
export const copyScope = (scope: Scope): Scope => ({
  ...scope,
  variables: new Map(scope.variables),
  functions: new Set(scope.functions),
})

/** Forgets every variable that a piece of syntax may set, because it may or may not run. */
export const forgetAssigned = (scope: Scope, nodes: readonly SyntaxNode[]): void => {
  for (const node of nodes) {
    for (const name of listAssigned(node)) scope.variables.delete(name)
  }
}

const listAssigned = (node: SyntaxNode): readonly string[] => {
  const names: string[] = []
  const visit = (at: SyntaxNode): void => {
    if (at.type === 'Assignment') names.push(at.name)
    if (at.type === 'For' || at.type === 'Select') names.push(at.name.value)
    if (
      at.type === 'ParameterExpansion' &&
      at.operation?.type === 'Default' &&
      at.operation.operator.endsWith('=')
    )
      names.push(at.parameter)
    if (at.type === 'Command' && setters.has(at.name?.value ?? ''))
      for (const arg of at.args) if (arg.type === 'Word') names.push(arg.value.split('=')[0] ?? '')
    forEachChild(at, visit)
  }
  visit(node)
  return names
}

/** Builtins that set the variables they are given by name. */
export const setters: ReadonlySet<string> = new Set(
  'read mapfile readarray getopts printf declare typeset local export readonly unset let'.split(' '),
)
