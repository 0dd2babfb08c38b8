import type { LineCursor } from './line-cursor.ts'

const isFunctionHead = ({ text, at, state }: LineCursor): boolean =>
  text[at + 1] === ')' && /[\w-]/.test(text[at - 1] ?? '') && state.frames.at(-1) !== 'arithmetic'

const noteFunctionHead = (cursor: LineCursor): void => {
  cursor.at += 2
  cursor.state.wants = 'body'
  cursor.state.atCommand = true
}

const isArithmetic = ({ text, at, state }: LineCursor): boolean =>
  text[at + 1] === '(' && (state.atCommand || state.frames.at(-1) === 'loop')

/** Takes note of `(`: a function's head, a subshell, a list or arithmetic. */
export const openParen = (cursor: LineCursor): void => {
  const { state } = cursor
  cursor.last = 'word'
  if (isFunctionHead(cursor) || (state.wants === 'body' && cursor.text[cursor.at + 1] === ')')) {
    noteFunctionHead(cursor)
    return
  }
  if (isArithmetic(cursor)) {
    state.frames.push('arithmetic', 'arithmetic')
    cursor.at += 2
  } else {
    state.frames.push(state.frames.at(-1) === 'arithmetic' ? 'arithmetic' : 'paren')
    cursor.at += 1
  }
  state.wants = 'nothing'
  state.atCommand = true
}

/** Takes note of `)`: it closes what is open, or ends a pattern of `case`. */
export const closeParen = (cursor: LineCursor): void => {
  const { state } = cursor
  const top = state.frames.at(-1)
  cursor.at += 1
  cursor.last = 'word'
  if (top === 'paren' || top === 'arithmetic') state.frames.pop()
  else if (top !== 'case') cursor.unmatched = true
  state.atCommand = state.frames.at(-1) === 'case'
}
