import type { TextPattern } from '../src/base/index.ts'

const literal = (text: string): string => `(?i:${text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')})`

// Classes of JavaScript are those of ASCII; ripgrep would take them for all of Unicode.
const asciiClasses: Readonly<Record<string, string>> = {
  d: '[0-9]',
  w: '[0-9A-Za-z_]',
  b: '(?-u:\\b)',
  B: '(?-u:\\B)',
  s: '(?-u:\\s)',
}
const withinBrackets: Readonly<Record<string, string>> = { d: '0-9', w: '0-9A-Za-z_' }

// ripgrep refuses escapes of characters that need none.
const escapeOf = (letter: string, classes: Readonly<Record<string, string>>): string =>
  classes[letter] ?? (/[/"'<>=:,!@%`~\s]/.test(letter) ? letter : `\\${letter}`)

// Within brackets ripgrep knows nested sets and set operations.
const bracketsOf = (set: string): string => {
  const not = set.startsWith('[^') ? '^' : ''
  const body = set.slice(1 + not.length, -1)
  const plain = body.replace(/\\(.)|[[&~]/gs, (match, letter?: string) =>
    letter === undefined ? `\\${match}` : escapeOf(letter, withinBrackets),
  )
  return `[${not}${plain}]`
}

const token = /\\(.)|\[(?:\\.|[^\]\\])*\]/gs

/** A pattern of the causes as ripgrep reads it. */
export const rgPatternOf = (pattern: TextPattern): string => {
  if (pattern.kind === 'literal') return literal(pattern.text)
  const source = pattern.source.replace(token, (match, letter?: string) =>
    letter === undefined ? bracketsOf(match) : escapeOf(letter, asciiClasses),
  )
  const flags = pattern.flags.replace(/[^im]/g, '')
  return flags === '' ? `(?:${source})` : `(?${flags}:${source})`
}
