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

const keptInQuotes = (part: Part): readonly Part[] =>
  part.type === 'Literal' ? apart(part.value, 'Literal') : kept(part)

const kept = (part: Part): readonly Part[] => {
  switch (part.type) {
    case 'Escaped':
      return [part.value === '\\' ? lasting : part]
    case 'SingleQuoted':
      return part.value.includes('\\') ? apart(part.value, 'SingleQuoted') : [part]
    case 'DoubleQuoted':
      return [{ ...part, parts: part.parts.flatMap(keptInQuotes) }]
    default:
      return [part]
  }
}

/** Words whose quoted backslashes stay where a pattern in the word finds nothing: the interpreter takes them off once too often. */
export const withBackslashes = (words: readonly Word[]): readonly Word[] =>
  words.map(word =>
    word.parts.some(({ type }) => type === 'Glob') ? { ...word, parts: word.parts.flatMap(kept) } : word,
  )
