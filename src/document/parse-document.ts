import type { Diagnostic } from '../base/index.ts'
import { quoteAdmonitions } from './admonitions.ts'
import { parseSections } from './blocks/parse-sections.ts'
import { noFrontMatter, parseFrontMatter } from './front-matter/parse-front-matter.ts'
import { splitFrontMatter } from './front-matter/split-front-matter.ts'
import { readSource } from './read-source.ts'
import type { RunbookDocument } from './types.ts'

/** A document and everything that was wrong with its text, in the order of its lines. */
export type ParsedDocument = {
  readonly document: RunbookDocument
  readonly diagnostics: readonly Diagnostic[]
}

const byLine = (a: Diagnostic, b: Diagnostic): number =>
  a.span.start.line - b.span.start.line || a.span.start.column - b.span.start.column

/**
 * Reads a Markdown file into sections, commands, lists and prose with their places. `name` is what the library calls it. Never
 * throws and never loses the body: front matter that is broken, fences that are not closed and the like become diagnostics. A
 * text with NUL bytes gives an empty document.
 */
export const parseDocument = (file: { readonly name: string; readonly text: string }): ParsedDocument => {
  const source = readSource(file.text)
  const split = splitFrontMatter(source.lines)
  const { frontMatter, diagnostics: ofFrontMatter } =
    split.yaml === undefined ? { frontMatter: noFrontMatter, diagnostics: [] } : parseFrontMatter(split.yaml)
  const lines = quoteAdmonitions(source.lines)
  const { sections, anchors, diagnostics } = parseSections({ lines, bodyFrom: split.bodyFrom })
  return {
    document: { name: file.name, frontMatter, lines, sections, anchors },
    diagnostics: [...source.diagnostics, ...split.diagnostics, ...ofFrontMatter, ...diagnostics].sort(byLine),
  }
}
