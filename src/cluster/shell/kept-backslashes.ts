import type { SimpleCommand } from './script.ts'

type Word = SimpleCommand['args'][number]
type Part = Word['parts'][number]

/** A backslash that stays after the interpreter has taken one off. */
const lasting: Part = { type: 'Escaped', value: '\\\\' }

const apart = (text: string, as: 'Literal' | 'SingleQuoted'): readonly Part[] =>
  text
    .split(/(\\)/)
    .filter(piece => piece !== '')
    .map(piece => (piece === '\\' ? lasting : { type: as, value: piece }))

const kept = (part: Part, isQuoted: boolean): readonly Part[] => {
  switch (part.type) {
    case 'Escaped':
      return [part.value === '\\' ? lasting : part]
    case 'SingleQuoted':
      return part.value.includes('\\') ? apart(part.value, 'SingleQuoted') : [part]
    case 'Literal':
      return isQuoted ? apart(part.value, 'Literal') : [part]
    case 'DoubleQuoted':
      return [{ ...part, parts: part.parts.flatMap(inner => kept(inner, true)) }]
    default:
      return [part]
  }
}

/** Words whose quoted backslashes stay where a pattern in the word finds nothing: the interpreter takes them off once too often. */
export const withBackslashes = (words: readonly Word[]): readonly Word[] =>
  words.map(word =>
    word.parts.some(({ type }) => type === 'Glob')
      ? { ...word, parts: word.parts.flatMap(part => kept(part, false)) }
      : word,
  )
