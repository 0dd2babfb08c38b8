import { type LineCursor, matchAt, skipWord } from './line-cursor.ts'

const heredocStart = /<<-?[ \t]*(?:'([^']+)'|"([^"]+)"|\\?([\w.+-]+))/y

const openSubstitution = (cursor: LineCursor): void => {
  cursor.state.frames.push('paren')
  skipWord(cursor, 2)
  cursor.state.atCommand = true
}

const skipRedirect = (cursor: LineCursor): void => {
  const { text, at, state } = cursor
  const top = state.frames.at(-1)
  const compares = top === 'arithmetic' || top === 'test'
  const heredoc = text.startsWith('<<', at) && !compares ? matchAt(heredocStart, text, at) : null
  if (heredoc !== null) state.heredocs.push(heredoc[1] ?? heredoc[2] ?? heredoc[3] ?? '')
  cursor.at += heredoc?.[0].length ?? (/^[<>][&|>]/.test(text.slice(at, at + 2)) ? 2 : 1)
  cursor.last = 'word'
}

/** Takes note of what begins with `<` or `>`: a redirection, a heredoc, a here-string, a process substitution. */
export const readRedirect = (cursor: LineCursor): void => {
  const { text, at } = cursor
  if (text.startsWith('<<<', at)) skipWord(cursor, 3)
  else if (text[at + 1] === '(') openSubstitution(cursor)
  else skipRedirect(cursor)
}
