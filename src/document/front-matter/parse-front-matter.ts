import { LineCounter, parseDocument } from 'yaml'
import type { Diagnostic } from '../../base/index.ts'
import { pointOut } from '../point-out.ts'
import type { FrontMatter } from '../types.ts'
import { positionOf } from './locate-in-yaml.ts'
import { type ReadEntries, readEntries } from './read-entries.ts'

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

/** One mistake can break every line that follows. */
const mostErrors = 20

/** Reads the YAML and its entries. Deep nesting makes the parser throw, and aliases that multiply without end its conversion. */
const readYaml = (text: string): ReadEntries => {
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter, prettyErrors: false, logLevel: 'silent' })
  const syntax = document.errors
    .slice(0, mostErrors)
    .map(error => remarkSyntax(error.message, positionOf(lineCounter, error.pos[0])))
  const value: unknown = document.toJS({ maxAliasCount: 50 }) ?? {}
  const { entries, diagnostics } = readEntries({ root: document.contents, lineCounter }, value)
  return { entries, diagnostics: [...syntax, ...diagnostics] }
}

/**
 * Reads a front matter from its YAML text, which begins on the second line of the file. Never throws: each error of syntax or
 * content is a diagnostic at its line and column, and what is right beside it is kept.
 */
export const parseFrontMatter = (text: string): ParsedFrontMatter => {
  try {
    const { entries, diagnostics } = readYaml(text)
    return { frontMatter: { ...entries, present: true }, diagnostics }
  } catch (error) {
    const message = error instanceof Error ? error.message : 'it cannot be read'
    const diagnostics = [remarkSyntax(message, { line: 2, column: 1 })]
    return { frontMatter: { ...noFrontMatter, present: true }, diagnostics }
  }
}
