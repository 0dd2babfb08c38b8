import { basename, extname } from 'node:path'
import type { Diagnostic } from '../base/index.ts'
import { parseDocument } from '../document/index.ts'
import { compileTree, type Tree } from '../tree/index.ts'
import { builtOr } from './bundled/built.ts'
import { digestOf, type SourceText, sourceText } from './bundled/pack.ts'
import { readFileBytes } from './read-text-file.ts'

/** A runbook read from a file, with what was found wrong in it. `origin` is the path as given. */
export type LoadedTree = {
  readonly tree: Tree
  readonly diagnostics: readonly Diagnostic[]
  readonly origin: string
}

/** The name under which a document is known: its file name without the Markdown ending. */
export const runbookName = (path: string): string =>
  path === '-' ? 'stdin' : basename(path, /^\.(md|markdown)$/i.test(extname(path)) ? extname(path) : '')

/** Compiles a document's text. */
export const makeTree = ({ name, text }: Pick<SourceText, 'name' | 'text'>): Omit<LoadedTree, 'origin'> => {
  const { document, diagnostics } = parseDocument({ name, text })
  const compiled = compileTree({ document, digest: () => digestOf(text) })
  return { tree: compiled.tree, diagnostics: [...diagnostics, ...compiled.diagnostics] }
}

/** Reads and compiles one document; a UserError when the file cannot be read. */
export const loadTree = (path: string): LoadedTree => {
  const source = sourceText('runbook', runbookName(path), readFileBytes(path))
  return { ...builtOr(source, makeTree), origin: path }
}
