import { scanLine } from './scan-line.ts'
import { createScanState, isInQuote, type LineEnd, type ScannedLine, type ScanState } from './scan-state.ts'

/** Lines of a fence, and how far a reader may look for the end of a command. */
export type ShellLines = {
  readonly lines: readonly string[]
  /** Index of the first line that no longer belongs to what is read. */
  readonly end: number
  /** Whether an operator at the start of the next line goes on with the command, as authors write it though no shell reads it so. */
  readonly leadingOperators: 'join' | 'leave'
  /** How many lines may still be read in vain; without it, quotes that never close would cost a pass each. */
  readonly patience: { left: number }
}

/** One logical command: its text, the index of its last line, and the comments that stood behind its lines. */
export type TakenCommand = {
  readonly run: string
  readonly last: number
  readonly comments: readonly string[]
  /** `false` when a quote, bracket, heredoc or loop is never closed; then only the first line was taken. */
  readonly closed: boolean
  /** A closing word or bracket stood there without its opening one. */
  readonly unmatched: boolean
}

type Taking = {
  readonly source: ShellLines
  readonly state: ScanState
  readonly comments: string[]
  /** The command's text so far, in pieces to be joined without anything between. */
  readonly pieces: string[]
  at: number
  end: LineEnd | 'first'
  unmatched: boolean
}

const leadingOperator = /^\s*(?:&&|\|\||\|(?!.*\|\s*$))/

const isBlankOrComment = (line: string): boolean => /^\s*(?:#|$)/.test(line)

/** Adds a line's text to the pieces, joined as the line before it ended. */
const addPiece = ({ pieces, end }: Taking, text: string): void => {
  if (end === 'first' || end === 'open') {
    pieces.push(end === 'first' ? text.trimStart() : `\n${text}`)
    return
  }
  const before = pieces.pop() ?? ''
  const spaced = end === 'operator' || /\s$/.test(before) || /^\s/.test(text)
  pieces.push(before.trimEnd(), `${spaced ? ' ' : ''}${text.trimStart()}`)
}

/** Adds one line to the command. A comment goes aside, except inside a compound command, which is kept as written. */
const addLine = (taking: Taking, line: string): ScannedLine => {
  const { state } = taking
  const nested = state.frames.length > 0
  const scanned = scanLine(state, line)
  const aside = scanned.comment !== undefined && !nested && state.frames.length === 0
  if (aside) taking.comments.push(line.slice(scanned.comment))
  const kept = aside ? line.slice(0, scanned.comment).trimEnd() : line
  addPiece(taking, scanned.end === 'backslash' ? kept.slice(0, -1) : kept)
  taking.unmatched ||= scanned.unmatched
  return scanned
}

/** Takes the body of one heredoc with its closing line; `false` when it has no end. */
const takeBody = (taking: Taking, delimiter: string): boolean => {
  const { source, pieces } = taking
  while (taking.at < source.end && source.lines[taking.at]?.trim() !== delimiter) {
    pieces.push(`\n${source.lines[taking.at] ?? ''}`)
    taking.at += 1
  }
  pieces.push(`\n${delimiter}`)
  taking.at += 1
  return taking.at <= source.end
}

const isWhole = ({ frames, wants }: ScanState): boolean => frames.length === 0 && wants === 'nothing'

const endBehindBody = (state: ScanState, end: LineEnd): LineEnd =>
  end !== 'operator' && isWhole(state) ? 'complete' : 'open'

const skipBlank = (taking: Taking): void => {
  const { source, comments } = taking
  while (taking.at < source.end && isBlankOrComment(source.lines[taking.at] ?? '')) {
    const comment = (source.lines[taking.at] ?? '').trim()
    if (comment !== '') comments.push(comment)
    taking.at += 1
  }
}

const takeLine = (taking: Taking): boolean => {
  const { source, state } = taking
  const line = source.lines[taking.at] ?? ''
  const { end } = addLine(taking, isInQuote(state) ? line : line.trimEnd())
  taking.at += 1
  const heredocs = state.heredocs.splice(0)
  if (!heredocs.every(delimiter => takeBody(taking, delimiter))) return false
  taking.end = heredocs.length > 0 ? endBehindBody(state, end) : end
  return true
}

const goesOn = ({ source, at }: Taking): boolean =>
  source.leadingOperators === 'join' && at < source.end && leadingOperator.test(source.lines[at] ?? '')

const finish = ({ pieces, at, comments, unmatched }: Taking): TakenCommand => ({
  run: pieces.join('').trimEnd(),
  last: at - 1,
  comments,
  closed: true,
  unmatched,
})

/** Reads on from the line at `from` until the command is whole; `undefined` when it never is. */
const takeWhole = (source: ShellLines, from: number): TakenCommand | undefined => {
  const state = createScanState()
  const taking: Taking = { source, state, comments: [], pieces: [], at: from, end: 'first', unmatched: false }
  for (;;) {
    if (taking.end === 'operator') skipBlank(taking)
    if (taking.at >= source.end) break
    if (!takeLine(taking)) return undefined
    if (taking.end === 'complete' && !goesOn(taking)) return finish(taking)
    if (taking.end === 'complete') taking.end = 'operator'
  }
  return taking.end === 'backslash' && isWhole(state) ? finish(taking) : undefined
}

const takeFirstLine = (source: ShellLines, from: number): TakenCommand => {
  const line = (source.lines[from] ?? '').trim()
  return { run: line, last: from, comments: [], closed: false, unmatched: false }
}

/**
 * Takes the logical command that begins on the line at `from`: continuation lines are joined, a loop, heredoc or function is
 * kept as one. A command that is never closed is its first line, and said not to be closed.
 */
export const takeCommand = (source: ShellLines, from: number): TakenCommand => {
  const { patience, end } = source
  const within = patience.left > 0 ? source : { ...source, end: from + 1 }
  const whole = takeWhole(within, from)
  if (whole === undefined) patience.left -= end - from
  return whole ?? takeFirstLine(source, from)
}
