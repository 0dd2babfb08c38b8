import type { ScanState } from './scan-state.ts'

/** A reader's place on a line, changed in place by those who read on. */
export type LineCursor = {
  readonly text: string
  readonly state: ScanState
  at: number
  comment: number | undefined
  unmatched: boolean
  /** What was read last: decides whether the command goes on with the next line. */
  last: 'word' | 'operator' | 'backslash' | 'nothing'
}

/** Steps over a piece of a word. */
export const skipWord = (cursor: LineCursor, length: number): void => {
  cursor.at += length
  cursor.last = 'word'
  cursor.state.atCommand = false
}

/** Whether a character, or the end of the line, separates words. */
export const isWordEdge = (character: string | undefined): boolean =>
  character === undefined || /[\s;&|()`]/.test(character)

/** Matches a sticky pattern at an offset. */
export const matchAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at
  return pattern.exec(text)
}
