import { isWordEdge, type LineCursor, matchAt, skipWord } from './line-cursor.ts'
import { noteWord } from './reserved-words.ts'
import { closeParen, openParen } from './scan-brackets.ts'
import { openExpansion, scanQuoted } from './scan-quoted.ts'
import { readRedirect } from './scan-redirect.ts'
import { type Frame, isInQuote, type LineEnd, type ScannedLine, type ScanState } from './scan-state.ts'

const plainWord = /[^\s\\'"`$()<>;&|]+/y
const separators = /;;?&?|\|\||&&|\|&?|&/y

const readWord = (cursor: LineCursor): void => {
  const { text, state, at } = cursor
  const word = matchAt(plainWord, text, at)?.[0] ?? text.slice(at, at + 1)
  const whole = isWordEdge(text[at - 1]) && isWordEdge(text[at + word.length])
  cursor.at += word.length
  cursor.last = 'word'
  if (!whole) state.atCommand = false
  else if (!noteWord(state, word)) cursor.unmatched = true
}

const readOperator = (cursor: LineCursor): void => {
  const { text, at, state } = cursor
  const operator = matchAt(separators, text, at)?.[0] ?? ';'
  cursor.at += operator.length
  cursor.last = operator === '&' || operator.startsWith(';') ? 'nothing' : 'operator'
  state.atCommand = true
}

const readAmpersand = (cursor: LineCursor): void => {
  if (cursor.text[cursor.at + 1] === '>') skipWord(cursor, 2)
  else readOperator(cursor)
}

const readBackslash = (cursor: LineCursor): void => {
  if (cursor.at < cursor.text.length - 1) skipWord(cursor, 2)
  else {
    cursor.at += 1
    cursor.last = 'backslash'
  }
}

const openQuote =
  (frame: Frame, length: number) =>
  (cursor: LineCursor): void => {
    skipWord(cursor, length)
    cursor.state.frames.push(frame)
  }

const openAnsi = openQuote('ansi', 2)

const readDollar = (cursor: LineCursor): void => {
  if (cursor.text[cursor.at + 1] === "'") openAnsi(cursor)
  else {
    cursor.last = 'word'
    cursor.state.atCommand = false
    cursor.at = openExpansion(cursor.state, cursor.text, cursor.at)
  }
}

const readBacktick = (cursor: LineCursor): void => {
  if (cursor.state.frames.at(-1) !== 'backtick') readDollar(cursor)
  else {
    cursor.state.frames.pop()
    skipWord(cursor, 1)
  }
}

const readHash = (cursor: LineCursor): void => {
  const { text, at, state } = cursor
  if (!isWordEdge(text[at - 1]) || state.frames.at(-1) === 'arithmetic') skipWord(cursor, 1)
  else {
    cursor.comment = at
    cursor.at = text.length
  }
}

const readers: Readonly<Record<string, (cursor: LineCursor) => void>> = {
  '\\': readBackslash,
  "'": openQuote('single', 1),
  '"': openQuote('double', 1),
  $: readDollar,
  '`': readBacktick,
  '#': readHash,
  '(': openParen,
  ')': closeParen,
  '<': readRedirect,
  '>': readRedirect,
  ';': readOperator,
  '&': readAmpersand,
  '|': readOperator,
}

const step = (cursor: LineCursor): void => {
  const character = cursor.text[cursor.at] ?? ''
  if (isInQuote(cursor.state)) {
    cursor.at = scanQuoted(cursor.state, cursor.text, cursor.at)
    cursor.last = 'word'
  } else if (/\s/.test(character)) cursor.at += 1
  else (readers[character] ?? readWord)(cursor)
}

const endOf = ({ state, last }: LineCursor): LineEnd => {
  if (isInQuote(state)) return 'open'
  if (last === 'backslash') return 'backslash'
  if (last === 'operator' && state.frames.length === 0) return 'operator'
  const open = state.frames.length > 0 || state.heredocs.length > 0 || state.wants !== 'nothing'
  return open ? 'open' : 'complete'
}

/** Reads one line of shell text that is no heredoc body, going on from the state that the lines before left. Linear; never throws. */
export const scanLine = (state: ScanState, text: string): ScannedLine => {
  const cursor: LineCursor = { text, state, at: 0, comment: undefined, unmatched: false, last: 'nothing' }
  while (cursor.at < text.length) step(cursor)
  const end = endOf(cursor)
  if (end !== 'backslash' && !isInQuote(state)) state.atCommand = true
  return { end, comment: cursor.comment, unmatched: cursor.unmatched }
}
