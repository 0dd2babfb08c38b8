import type { DoubleQuotedChild, Word, WordPart } from 'unbash'
import type { Field } from './field.ts'

/** Shell variables of which something is known: the value, or at least how it begins. Of a name that is absent nothing is. */
export type Variables = ReadonlyMap<string, string | Beginning>

/** What is known of a value that goes on in a way that cannot be told. */
export type Beginning = { readonly begins: string }

type Piece = {
  readonly text: string | undefined
  readonly splits: boolean
  readonly globbed: boolean
  readonly begins?: string
}

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
          .map(piece => ({ ...piece, splits: false, begins: piece.begins ?? '' })),
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

const lookUp = (name: string, variables: Variables): Piece => {
  const value = variables.get(name)
  return typeof value === 'string'
    ? { text: value, splits: true, globbed: false }
    : { ...unknownPiece, splits: true, ...(value === undefined ? {} : { begins: value.begins }) }
}

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
  const before = (gap < 0 ? pieces : pieces.slice(0, gap)).map(piece => piece.text).join('')
  // Unquoted, a value may fall apart into several words, of which only the first begins as it does.
  const open = gap < 0 ? undefined : pieces[gap]
  const prefix = before + (open?.splits === false ? (open.begins ?? '') : '')
  const globbed = pieces.some(piece => piece.globbed)
  const optionLike = globbed && prefix.startsWith('-')
  return { text: gap < 0 && !optionLike ? prefix : undefined, prefix, source, globbed }
}
