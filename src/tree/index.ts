export { type CompiledTree, compileTree, type TreeSource } from './compile-tree.ts'
export { findSteps } from './find-steps.ts'
export { type FixNotes, fixNotesOf } from './fix-notes.ts'
export type { ConditionProblem, LintChecks } from './lint/lint-context.ts'
export { lintTree } from './lint/lint-tree.ts'
export { inferType } from './placeholders/infer-type.ts'
export { presentMermaid } from './present/present-mermaid.ts'
export { type EffectOf, presentTreeJson, type TreeJson } from './present/present-tree-json.ts'
export { presentTreeText } from './present/present-tree-text.ts'
export { reachableSteps } from './reachable-steps.ts'
export {
  compileSearchIndex,
  type SearchEntry,
  type SearchField,
  type SearchIndex,
} from './search/compile-search-index.ts'
export { searchIndex, searchTree } from './search/search-tree.ts'
export type {
  Branch,
  Link,
  LookFor,
  Placeholder,
  Step,
  StepCommand,
  Symptom,
  Tree,
  Variable,
  VariableType,
} from './types.ts'
