/** A regular expression as far as its literals go: what matters is which texts must occur in every match. */
export type RegexNode =
  | { readonly kind: 'text'; readonly text: string }
  /** One of a few characters, or any of too many to list. */
  | { readonly kind: 'set'; readonly characters: readonly string[] | undefined }
  | { readonly kind: 'sequence'; readonly items: readonly RegexNode[] }
  | { readonly kind: 'choice'; readonly items: readonly RegexNode[] }
  | {
      readonly kind: 'repeat'
      readonly item: RegexNode
      readonly minimum: number
      /** Infinite where nothing bounds it. */
      readonly maximum: number
    }

type Cursor = { readonly source: string; at: number }

const nothing: RegexNode = { kind: 'text', text: '' }
const anything: RegexNode = { kind: 'set', characters: undefined }
const MOST_CHARACTERS = 4

const matchAt = (pattern: RegExp, { source, at }: Cursor): RegExpExecArray | null => {
  pattern.lastIndex = at
  return pattern.exec(source)
}

const codeEscape = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4}))/y
const setPattern = /\[(\^?)((?:\\.|[^\]\\])*)\]/y
const groupOpening = /\((?:\?(?:[ims]*(?:-[ims]+)?:|<[A-Za-z_]\w*>))?/y
const repeatPattern = /(?:[*+?]|\{(\d+)(,\d*)?\})\??/y

const plainEscapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  f: '\f',
  v: '\v',
  '0': '\0',
}

const takeEscape = (cursor: Cursor): RegexNode => {
  const letter = cursor.source[cursor.at + 1] ?? ''
  const code = matchAt(codeEscape, cursor)
  cursor.at += code?.[0].length ?? 2
  if (code !== null)
    return { kind: 'text', text: String.fromCharCode(Number.parseInt(code[1] ?? code[2] ?? '', 16)) }
  if (letter === 'b' || letter === 'B') return nothing
  if (plainEscapes[letter] !== undefined) return { kind: 'text', text: plainEscapes[letter] }
  return /[A-Za-z0-9]/.test(letter) ? anything : { kind: 'text', text: letter }
}

const takeSet = (cursor: Cursor): RegexNode => {
  const match = matchAt(setPattern, cursor)
  cursor.at += match?.[0].length ?? 1
  const body = match?.[2] ?? ''
  const isPlain = match?.[1] === '' && !/[\\-]/.test(body) && body.length <= MOST_CHARACTERS
  return isPlain ? { kind: 'set', characters: [...body] } : anything
}

const takeGroup = (cursor: Cursor): RegexNode => {
  const opening = matchAt(groupOpening, cursor)
  cursor.at += opening?.[0].length ?? 1
  const inner = takeChoice(cursor)
  cursor.at += 1
  return inner
}

const takeAtom = (cursor: Cursor): RegexNode => {
  const letter = cursor.source[cursor.at] ?? ''
  if (letter === '\\') return takeEscape(cursor)
  if (letter === '[') return takeSet(cursor)
  if (letter === '(') return takeGroup(cursor)
  cursor.at += 1
  if (letter === '.') return anything
  return letter === '^' || letter === '$' ? nothing : { kind: 'text', text: letter }
}

const takeRepeat = (item: RegexNode, cursor: Cursor): RegexNode => {
  const match = matchAt(repeatPattern, cursor)
  if (match === null) return item
  cursor.at += match[0].length
  const [sign = '', least, more] = match
  if (sign.startsWith('?')) return { kind: 'repeat', item, minimum: 0, maximum: 1 }
  const minimum = least === undefined ? Number(sign.startsWith('+')) : Number(least)
  const isCounted = least !== undefined && more === undefined
  const most = Number(more?.slice(1) || Number.POSITIVE_INFINITY)
  return { kind: 'repeat', item, minimum, maximum: isCounted ? minimum : most }
}

const takeSequence = (cursor: Cursor): RegexNode => {
  const items: RegexNode[] = []
  while (cursor.at < cursor.source.length && !'|)'.includes(cursor.source[cursor.at] ?? '')) {
    items.push(takeRepeat(takeAtom(cursor), cursor))
  }
  return { kind: 'sequence', items }
}

const takeChoice = (cursor: Cursor): RegexNode => {
  const items = [takeSequence(cursor)]
  while (cursor.source[cursor.at] === '|') {
    cursor.at += 1
    items.push(takeSequence(cursor))
  }
  return items.length === 1 && items[0] !== undefined ? items[0] : { kind: 'choice', items }
}

/** Reads the source of a regular expression that compiles and has no lookaround. */
export const parseRegex = (source: string): RegexNode => takeChoice({ source, at: 0 })
