import { basename, extname } from 'node:path'
import type { Diagnostic } from '../base/index.ts'
import { parseDocument } from '../document/index.ts'
import { compileTree, type Tree } from '../tree/index.ts'
import { builtOr } from './bundled/built.ts'
import { digestOf, type SourceText } from './bundled/pack.ts'
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

/** The tree with the digest of its text, which is made when it is first asked for: what only shows a tree is spared the engine's cryptography. */
const withDigest = (tree: Tree, text: string): Tree => {
  let digest: string | undefined
  return {
    ...tree,
    get digest() {
      digest ??= digestOf(text)
      return digest
    },
  }
}

/** Compiles a document's text. */
export const makeTree = ({ name, text }: SourceText): Omit<LoadedTree, 'origin'> => {
  const { document, diagnostics } = parseDocument({ name, text })
  const compiled = compileTree({ document })
  return { tree: withDigest(compiled.tree, text), diagnostics: [...diagnostics, ...compiled.diagnostics] }
}

/** Reads and compiles one document; a UserError when the file cannot be read. */
export const loadTree = (path: string): LoadedTree => {
  const source = { kind: 'runbook', name: runbookName(path), text: readTextFile(path) } as const
  return { ...builtOr(source, makeTree), origin: path }
}
