import type { DoubleQuotedChild, Word, WordPart } from 'unbash'
import type { Field } from './field.ts'

/** Shell variables whose value is known; a name that is absent is not. */
export type Variables = ReadonlyMap<string, string>

type Piece = { readonly text: string | undefined; readonly splits: boolean; readonly globbed: boolean }

const known = (text: string): Piece => ({ text, splits: false, globbed: false })
const unknownPiece: Piece = { text: undefined, splits: false, globbed: false }

/** What a word becomes when the shell expands it: usually one field; several where an unquoted variable holds blanks; none where it is empty. */
export const expandWord = (word: Word, variables: Variables): readonly Field[] => {
  const pieces =
    word.parts === undefined ? [known(word.value)] : word.parts.flatMap(part => expandPart(part, variables))
  return split(pieces).map(group => toField(group, word.text))
}

/** A word as one field, as in an assignment or a redirection, where nothing is split. */
export const expandWhole = (word: Word, variables: Variables): Field => {
  const pieces =
    word.parts === undefined ? [known(word.value)] : word.parts.flatMap(part => expandPart(part, variables))
  return toField(pieces, word.text)
}

const expandPart = (part: WordPart | DoubleQuotedChild, variables: Variables): readonly Piece[] => {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return [known(part.value)]
    case 'Glob':
      return [{ text: part.text, splits: false, globbed: true }]
    case 'DoubleQuoted':
    case 'LocaleString':
      return [
        known(''),
        ...part.parts
          .flatMap(child => expandPart(child, variables))
          .map(piece => ({ ...piece, splits: false })),
      ]
    case 'SimpleExpansion':
      return [lookUp(part.text.slice(1), variables)]
    case 'ParameterExpansion':
      return part.operation === undefined && part.prefix === undefined && part.index === undefined
        ? [lookUp(part.parameter, variables)]
        : [unknownPiece]
    case 'ProcessSubstitution':
      return [known('/dev/fd/'), unknownPiece]
    default:
      return [unknownPiece]
  }
}

const lookUp = (name: string, variables: Variables): Piece => ({
  text: variables.get(name),
  splits: true,
  globbed: false,
})

/** Breaks the pieces into fields at the blanks of unquoted variables. */
const split = (pieces: readonly Piece[]): readonly (readonly Piece[])[] => {
  const groups: Piece[][] = [[]]
  for (const piece of pieces) {
    if (piece.text === undefined || !piece.splits) {
      groups.at(-1)?.push(piece)
      continue
    }
    for (const [index, text] of piece.text.split(/[ \t\n]+/).entries()) {
      if (index > 0) groups.push([])
      if (text !== '') groups.at(-1)?.push({ ...known(text), globbed: /[*?[]/.test(text) })
    }
  }
  return groups.filter(group => group.length > 0)
}

const toField = (pieces: readonly Piece[], source: string): Field => {
  const gap = pieces.findIndex(piece => piece.text === undefined)
  const prefix = (gap < 0 ? pieces : pieces.slice(0, gap)).map(piece => piece.text).join('')
  const globbed = pieces.some(piece => piece.globbed)
  const optionLike = globbed && prefix.startsWith('-')
  return { text: gap < 0 && !optionLike ? prefix : undefined, prefix, source, globbed }
}
