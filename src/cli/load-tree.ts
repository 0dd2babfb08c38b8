import { createHash } from 'node:crypto'
import { basename, extname } from 'node:path'
import type { Diagnostic } from '../base/index.ts'
import { parseDocument } from '../document/index.ts'
import { compileTree, type Tree } from '../tree/index.ts'
import { readTextFile } from './read-text-file.ts'

/** A runbook read from a file, with what was found wrong in it. `origin` is the path as given. */
export type LoadedTree = {
  readonly tree: Tree
  readonly diagnostics: readonly Diagnostic[]
  readonly origin: string
}

/** The name under which a document is known: its file name without the Markdown ending. */
export const runbookName = (path: string): string =>
  path === '-' ? 'stdin' : basename(path, /^\.(md|markdown)$/i.test(extname(path)) ? extname(path) : '')

/** Reads and compiles one document; a UserError when the file cannot be read. */
export const loadTree = (path: string): LoadedTree => {
  const text = readTextFile(path)
  const parsed = parseDocument({ name: runbookName(path), text })
  const digest = createHash('sha256').update(text).digest('hex')
  const compiled = compileTree({ document: parsed.document, digest })
  return { tree: compiled.tree, diagnostics: [...parsed.diagnostics, ...compiled.diagnostics], origin: path }
}
