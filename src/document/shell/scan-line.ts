import { noteWord } from './reserved-words.ts'
import { openExpansion, scanQuoted } from './scan-quoted.ts'
import { isInQuote, type LineEnd, type ScannedLine, type ScanState } from './scan-state.ts'

type Line = {
  readonly text: string
  readonly state: ScanState
  at: number
  comment: number | undefined
  unmatched: boolean
  last: 'word' | 'operator' | 'backslash' | 'nothing'
}

const plainWord = /[^\s\\'"`$()<>;&|]+/y
const heredocStart = /<<-?[ \t]*(?:'([^']+)'|"([^"]+)"|\\?([\w.+-]+))/y
const separators = /(?:;;?&?|\|\||&&|\|&?|&)/y

const matchAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at
  return pattern.exec(text)
}

const isWordEdge = (character: string | undefined): boolean =>
  character === undefined || /[\s;&|()`]/.test(character)

const skip = (line: Line, length: number): void => {
  line.at += length
  line.last = 'word'
  line.state.atCommand = false
}

const readWord = (line: Line): void => {
  const { text, state, at } = line
  const word = matchAt(plainWord, text, at)?.[0] ?? text.slice(at, at + 1)
  const whole = isWordEdge(text[at - 1]) && isWordEdge(text[at + word.length])
  line.at += word.length
  line.last = 'word'
  if (!whole) state.atCommand = false
  else if (!noteWord(state, word)) line.unmatched = true
}

const isFunctionHead = ({ text, at, state }: Line): boolean =>
  text[at + 1] === ')' && /[\w-]/.test(text[at - 1] ?? '') && state.frames.at(-1) !== 'arithmetic'

const openParen = (line: Line): void => {
  const { state, text, at } = line
  line.last = 'word'
  if (isFunctionHead(line) || state.wants === 'body') {
    const head = text[at + 1] === ')'
    if (head) line.at += 2
    state.wants = head ? 'body' : 'nothing'
    state.atCommand = true
    if (head) return
  }
  const doubled = text[at + 1] === '(' && (state.atCommand || state.frames.at(-1) === 'loop')
  if (doubled) state.frames.push('arithmetic', 'arithmetic')
  else state.frames.push(state.frames.at(-1) === 'arithmetic' ? 'arithmetic' : 'paren')
  line.at += doubled ? 2 : 1
  state.atCommand = true
}

const closeParen = (line: Line): void => {
  const { state } = line
  const top = state.frames.at(-1)
  line.at += 1
  line.last = 'word'
  state.atCommand = top === 'case'
  if (top === 'paren' || top === 'arithmetic') {
    state.frames.pop()
    state.atCommand = state.frames.at(-1) === 'case'
  } else if (top !== 'case') line.unmatched = true
}

const readAngle = (line: Line): void => {
  const { text, at, state } = line
  const two = text.slice(at, at + 2)
  if (text.startsWith('<<<', at)) return skip(line, 3)
  if (two === '<(' || two === '>(') {
    state.frames.push('paren')
    skip(line, 2)
    state.atCommand = true
    return
  }
  const inArithmetic = state.frames.at(-1) === 'arithmetic' || state.frames.at(-1) === 'test'
  const heredoc = two === '<<' && !inArithmetic ? matchAt(heredocStart, text, at) : null
  if (heredoc !== null) state.heredocs.push(heredoc[1] ?? heredoc[2] ?? heredoc[3] ?? '')
  const redirect = /^[<>][&|>]/.test(two) ? 2 : 1
  line.at += heredoc?.[0].length ?? redirect
  line.last = 'word'
}

const readOperator = (line: Line): void => {
  const { text, at, state } = line
  if (text.startsWith('&>', at)) return skip(line, 2)
  const operator = matchAt(separators, text, at)?.[0] ?? ';'
  line.at += operator.length
  line.last = operator === '&' || operator.startsWith(';') ? 'nothing' : 'operator'
  state.atCommand = true
}

const readBackslash = (line: Line): void => {
  const atEnd = line.at === line.text.length - 1
  line.at += atEnd ? 1 : 2
  line.last = atEnd ? 'backslash' : 'word'
  if (!atEnd) line.state.atCommand = false
}

const openQuote = (line: Line, frame: 'single' | 'double' | 'ansi', length: number): void => {
  skip(line, length)
  line.state.frames.push(frame)
}

const readDollar = (line: Line): void => {
  if (line.text.startsWith("$'", line.at)) return openQuote(line, 'ansi', 2)
  line.last = 'word'
  line.state.atCommand = false
  line.at = openExpansion(line.state, line.text, line.at)
}

const readBacktick = (line: Line): void => {
  if (line.state.frames.at(-1) !== 'backtick') return readDollar(line)
  line.state.frames.pop()
  skip(line, 1)
}

const readHash = (line: Line): void => {
  if (!isWordEdge(line.text[line.at - 1]) || line.state.frames.at(-1) === 'arithmetic') return skip(line, 1)
  line.comment = line.at
  line.at = line.text.length
}

const readers: Readonly<Record<string, (line: Line) => void>> = {
  '\\': readBackslash,
  "'": line => openQuote(line, 'single', 1),
  '"': line => openQuote(line, 'double', 1),
  $: readDollar,
  '`': readBacktick,
  '#': readHash,
  '(': openParen,
  ')': closeParen,
  '<': readAngle,
  '>': readAngle,
  ';': readOperator,
  '&': readOperator,
  '|': readOperator,
}

const step = (line: Line): void => {
  const character = line.text[line.at] ?? ''
  if (isInQuote(line.state)) {
    line.at = scanQuoted(line.state, line.text, line.at)
    line.last = 'word'
  } else if (/\s/.test(character)) line.at += 1
  else (readers[character] ?? readWord)(line)
}

const endOf = ({ state, last }: Line): LineEnd => {
  if (isInQuote(state)) return 'open'
  if (last === 'backslash') return 'backslash'
  if (last === 'operator' && state.frames.length === 0) return 'operator'
  const open = state.frames.length > 0 || state.heredocs.length > 0 || state.wants !== 'nothing'
  return open ? 'open' : 'complete'
}

/** Reads one line of shell text that is no heredoc body, going on from the state that the lines before left. Linear; never throws. */
export const scanLine = (state: ScanState, text: string): ScannedLine => {
  const line: Line = { text, state, at: 0, comment: undefined, unmatched: false, last: 'nothing' }
  while (line.at < text.length) step(line)
  const end = endOf(line)
  if (end !== 'backslash' && !isInQuote(state)) state.atCommand = true
  return { end, comment: line.comment, inQuote: isInQuote(state), unmatched: line.unmatched }
}
