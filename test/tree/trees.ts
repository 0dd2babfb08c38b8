import { readFileSync } from 'node:fs'
import { parseDocument } from '../../src/document/index.ts'
import { type CompiledTree, compileTree, type Step, type Tree } from '../../src/tree/index.ts'

/** Compiles a text as a runbook called `sample`. */
export const compile = (text: string, name = 'sample'): CompiledTree =>
  compileTree({ document: parseDocument({ name, text }).document, digest: () => 'd1' })

/** The tree of a text. */
export const treeOf = (text: string): Tree => compile(text).tree

/** The only step of a text, or the named one. */
export const stepOf = (text: string, id?: string): Step => {
  const { steps } = treeOf(text)
  const step = id === undefined ? steps[0] : steps.find(one => one.id === id)
  if (step === undefined) throw new Error(`no step ${id ?? ''}`)
  return step
}

/** One of the five source documents as a tree. */
export const seed = (name: string): Tree => {
  const url = new URL(`../fixtures/document/seeds/${name}.md`, import.meta.url)
  return compile(readFileSync(url, 'utf8'), name).tree
}
