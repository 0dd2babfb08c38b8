import { existsSync } from 'node:fs'
import { nearestWord, type StepRef } from '../base/index.ts'
import type { Library } from '../session/index.ts'
import { findSteps, type Step, type Tree } from '../tree/index.ts'
import { bundledRunbooks, loadLibrary } from './load-library.ts'
import type { LoadedTree } from './load-tree.ts'
import { UserError } from './user-error.ts'

/** What `RUNBOOK#STEP` on the command line leads to. */
export type ResolvedRunbook = {
  readonly entry: LoadedTree
  readonly library: Library
  readonly at: StepRef
}

/** Splits `RUNBOOK#STEP`, unless a file is really called so. */
const splitOperand = (operand: string): { readonly runbook: string; readonly step: string | undefined } => {
  const hash = operand.indexOf('#')
  if (hash < 0 || existsSync(operand)) return { runbook: operand, step: undefined }
  return { runbook: operand.slice(0, hash), step: operand.slice(hash + 1) || undefined }
}

/** The path of a runbook that was given by its bundled name or by a path; a UserError that names the known ones otherwise. */
export const runbookPath = (nameOrPath: string): string => {
  const bundled = bundledRunbooks()
  const path = bundled.get(nameOrPath)
  if (path !== undefined) return path
  if (nameOrPath === '-' || existsSync(nameOrPath)) return nameOrPath
  const near = nearestWord(nameOrPath, [...bundled.keys()])
  throw new UserError({
    code: 'E_CLI_RUNBOOK_UNKNOWN',
    message: `There is no runbook "${nameOrPath}".`,
    hint:
      near === undefined
        ? `Bundled: ${[...bundled.keys()].join(', ') || 'none'}. A path to a Markdown file works too.`
        : `Did you mean ${near}?`,
  })
}

const onlyStep = (tree: Tree, query: string): Step => {
  const found = findSteps(tree, query)
  const [first, second] = found
  if (first !== undefined && second === undefined) return first
  const list = found.slice(0, 12).map(s => `  #${s.id}  ${s.title}`)
  throw new UserError({
    code: first === undefined ? 'E_CLI_STEP_UNKNOWN' : 'E_CLI_STEP_AMBIGUOUS',
    message:
      first === undefined
        ? `No step of ${tree.name} fits "${query}".`
        : `Several steps of ${tree.name} fit "${query}":\n${list.join('\n')}`,
    hint: first === undefined ? `"runtree tree ${tree.name}" lists all steps.` : 'Name one of them.',
  })
}

/** Finds the runbook and the step to begin with; a UserError when either is unknown or the document has no step. */
export const resolveRunbook = (operand: string): ResolvedRunbook => {
  const { runbook, step } = splitOperand(operand)
  const { entry, library } = loadLibrary(runbookPath(runbook))
  const { tree } = entry
  const id = step === undefined ? tree.start : onlyStep(tree, step).id
  if (id === undefined) {
    throw new UserError({
      code: 'E_CLI_RUNBOOK_EMPTY',
      message: `${entry.origin} holds no step.`,
      hint: 'A runbook needs at least one heading or one block of commands.',
    })
  }
  return { entry, library, at: { runbook: tree.name, step: id } }
}
