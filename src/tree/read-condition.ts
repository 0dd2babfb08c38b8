import { type Condition, isLayer, type TextPattern } from '../base/index.ts'

const regexLiteral = /^\/((?:\\.|[^/\\\n]|\[(?:\\.|[^\]\\\n])*\])+)\/([a-z]*)$/
const quotedText = /^"(.*)"$/s
const causeId = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/

/** Reads `/…/flags` as a regular expression; a slash inside is escaped, so that a path such as `/var/lib/` is none. */
const readRegex = (code: string): TextPattern | undefined => {
  const match = regexLiteral.exec(code)
  return match === null ? undefined : { kind: 'regex', source: match[1] ?? '', flags: match[2] ?? '' }
}

/** What a look-for item's inline code looks for: `/…/` a regular expression, anything else the text itself. */
export const readPattern = (code: string): TextPattern => readRegex(code) ?? { kind: 'literal', text: code }

const readText = (code: string): TextPattern | undefined => {
  const quoted = quotedText.exec(code)?.[1]
  return readRegex(code) ?? (quoted === undefined ? undefined : { kind: 'literal', text: quoted })
}

/** What inline code before a branch's arrow means. */
export const readCondition = (code: string): Condition => {
  const written = code.trim()
  if (written === 'otherwise') return { kind: 'otherwise' }
  const pattern = readText(written)
  if (pattern !== undefined) return { kind: 'text', pattern }
  if (causeId.test(written) || isLayer(written)) return { kind: 'cause', id: written }
  return { kind: 'fact', expression: written }
}
