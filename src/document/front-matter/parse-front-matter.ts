import { LineCounter, parseDocument } from 'yaml'
import type { Diagnostic } from '../../base/index.ts'
import { pointOut } from '../point-out.ts'
import type { FrontMatter } from '../types.ts'
import { positionOf } from './locate-in-yaml.ts'
import { readEntries } from './read-entries.ts'

/** The front matter as far as it could be read, and what was wrong with the rest. */
export type ParsedFrontMatter = {
  readonly frontMatter: FrontMatter
  readonly diagnostics: readonly Diagnostic[]
}

/** A document without front matter. */
export const noFrontMatter: FrontMatter = {
  present: false,
  title: undefined,
  summary: undefined,
  where: undefined,
  start: undefined,
  symptoms: [],
  variables: [],
  requires: [],
  layer: undefined,
  layers: [],
}

const remarkSyntax = (message: string, at: { readonly line: number; readonly column: number }): Diagnostic =>
  pointOut({
    code: 'E_FRONTMATTER_SYNTAX',
    severity: 'error',
    message: `The front matter is not valid YAML: ${message.replace(/[\s.]*$/, '')}.`,
    advice: 'Mend the line; the rest of the front matter is used as far as it can be read.',
    ...at,
  })

/** `toJS` refuses documents whose aliases multiply without end. */
const toValue = (document: ReturnType<typeof parseDocument>): unknown => {
  try {
    return document.toJS({ maxAliasCount: 50 })
  } catch {
    return undefined
  }
}

/**
 * Reads a front matter from its YAML text, which begins on the second line of the file. Never throws: each error of syntax or
 * content is a diagnostic at its line and column, and what is right beside it is kept.
 */
export const parseFrontMatter = (text: string): ParsedFrontMatter => {
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter, prettyErrors: false, logLevel: 'silent' })
  const syntax = document.errors.map(error =>
    remarkSyntax(error.message, positionOf(lineCounter, error.pos[0])),
  )
  const value = toValue(document) ?? {}
  const read = readEntries({ root: document.contents, lineCounter }, value)
  return {
    frontMatter: { ...noFrontMatter, ...read.entries, present: true },
    diagnostics: [...syntax, ...read.diagnostics],
  }
}
