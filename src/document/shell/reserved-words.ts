import type { Frame, ScanState } from './scan-state.ts'

const openers: Readonly<Record<string, Frame>> = {
  if: 'if',
  for: 'loop',
  while: 'loop',
  until: 'loop',
  select: 'loop',
  case: 'case',
  '{': 'brace',
  '[[': 'test',
}

/** Openers behind which a command stands at once. */
const leading: ReadonlySet<string> = new Set(['if', 'while', 'until', '{'])

const closers: Readonly<Record<string, Frame>> = { fi: 'if', done: 'loop', esac: 'case', '}': 'brace' }

const between: ReadonlySet<string> = new Set(['then', 'do', 'else', 'elif', '!', 'time'])

const open = (state: ScanState, frame: Frame, word: string): void => {
  state.frames.push(frame)
  state.atCommand = leading.has(word)
  state.wants = 'nothing'
}

const close = (state: ScanState, frame: Frame): boolean => {
  state.atCommand = false
  if (state.frames.at(-1) !== frame) return false
  state.frames.pop()
  return true
}

const isEndOfTest = (state: ScanState, word: string): boolean =>
  word === ']]' && state.frames.at(-1) === 'test'

/** A plain word where a function's body should stand is as wrong as a stray closing word. */
const notePlainWord = (state: ScanState, word: string): boolean => {
  const fits = state.wants === 'nothing'
  state.wants = 'nothing'
  state.atCommand = between.has(word)
  return fits
}

/**
 * Takes note of a whole unquoted word: opens and closes compound commands where the shell would. Gives `false` for a closing
 * word without its opening one.
 */
export const noteWord = (state: ScanState, word: string): boolean => {
  if (isEndOfTest(state, word)) return close(state, 'test')
  if (state.wants === 'name') {
    state.wants = 'body'
    state.atCommand = true
    return true
  }
  if (!state.atCommand) return true
  const opener = Object.hasOwn(openers, word) ? openers[word] : undefined
  const closer = Object.hasOwn(closers, word) ? closers[word] : undefined
  if (opener !== undefined) open(state, opener, word)
  else if (closer !== undefined) return close(state, closer)
  else if (word === 'function') state.wants = 'name'
  else return notePlainWord(state, word)
  return true
}
