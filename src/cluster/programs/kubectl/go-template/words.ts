/** One part of an expression: a path, a literal or a function's name as written, or a pipeline in brackets. */
export type Word =
  | { readonly kind: 'path'; readonly root: string; readonly fields: readonly string[] }
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'group'; readonly pipeline: Pipeline; readonly fields: readonly string[] }

/** Commands, each of whose values is the last argument of the next. */
export type Pipeline = readonly (readonly Word[])[]

/** What is wrong with a template, in the words of Go's template package. */
export class TemplateProblem extends Error {}

const tokenPattern =
  /\s+|"(?:\\.|[^"\\])*"|`[^`]*`|:=|[|(),=]|\)(?:\.\w+)*|\$?[\w]*(?:\.[\w-]*)*|-?\d+(?:\.\d+)?|./g

/** The tokens of an action, blanks left out. */
export const tokensOf = (code: string): readonly string[] =>
  [...code.matchAll(tokenPattern)].map(([token]) => token).filter(token => token.trim() !== '')

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '"': '"', '\\': '\\' }

const literals: Readonly<Record<string, boolean | null>> = { true: true, false: false, nil: null }

const wordOf = (token: string): Word => {
  if (token.startsWith('"'))
    return {
      kind: 'literal',
      value: token.slice(1, -1).replace(/\\(.)/g, (whole, letter: string) => escapes[letter] ?? whole),
    }
  if (token.startsWith('`')) return { kind: 'literal', value: token.slice(1, -1) }
  if (/^-?\d/.test(token)) return { kind: 'literal', value: Number(token) }
  if (token in literals) return { kind: 'literal', value: literals[token] ?? null }
  if (/^\w+$/.test(token)) return { kind: 'function', name: token }
  if (!/^\$?\w*(\.[\w-]*)*$/.test(token)) throw new TemplateProblem(`unexpected "${token}" in operand`)
  const [root = '', ...fields] = token.split('.')
  return { kind: 'path', root, fields: fields.filter(field => field !== '') }
}

/** Reads the tokens of a pipeline. */
export const readPipeline = (tokens: readonly string[]): Pipeline => {
  let at = 0
  const read = (isInside: boolean): Pipeline => {
    const commands: Word[][] = [[]]
    for (; at < tokens.length; at++) {
      const token = tokens[at] ?? ''
      if (token.startsWith(')')) {
        if (!isInside) throw new TemplateProblem('unexpected right paren')
        return commands
      }
      if (token === '|') commands.push([])
      else if (token === '(') {
        at += 1
        const pipeline = read(true)
        const fields = (tokens[at] ?? ').').slice(2).split('.')
        commands.at(-1)?.push({ kind: 'group', pipeline, fields: fields.filter(field => field !== '') })
      } else commands.at(-1)?.push(wordOf(token))
    }
    if (isInside) throw new TemplateProblem('unclosed left paren')
    return commands
  }
  const pipeline = read(false)
  if (pipeline.some(command => command.length === 0)) throw new TemplateProblem('missing value for command')
  return pipeline
}
