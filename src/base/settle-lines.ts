import { coloursOf, takeBack } from './overwrite.ts'

/** Joins pieces of text to lines as a terminal would show them. */
export type LineSettler = {
  readonly write: (text: string) => string
  /** Gives the unfinished line as it stands; what writes over it later begins a new line. */
  readonly release: () => string
}

/** The line that is not finished: what is held of it, and what the next character will do to that. */
type Line = { held: string; isRestarted: boolean; takenBack: number; isGiven: boolean }

const MAX_HELD = 8192
const LONGEST_CODE = 68

const token = /\n|\r|\x08+|\x1b\[[0-9;:]*m|[^\n\r\x08\x1b]+/g
const movesBack = /[\r\x08]/
const cutAtEnd = /\x1b\[?[0-9;:]*$|[\ud800-\udbff]$/

/** Where a line that grew too long is cut: at the bound, or before a code or character that stands across it. */
const cutOf = (text: string): number => {
  const across = cutAtEnd.exec(text.slice(MAX_HELD - LONGEST_CODE, MAX_HELD))
  return MAX_HELD - (across?.[0].length ?? 0)
}

const giveOverflow = (line: Line): string => {
  let end = 0
  while (line.held.length - end > MAX_HELD) end += cutOf(line.held.slice(end, end + MAX_HELD))
  if (end === 0) return ''
  const given = line.held.slice(0, end)
  line.held = line.held.slice(end)
  line.isGiven = true
  return given
}

const endLine = (line: Line): string => {
  const ended = `${line.held}\n`
  Object.assign(line, { held: '', isRestarted: false, takenBack: 0, isGiven: false })
  return ended
}

const startAnew = (line: Line): string => {
  if (line.isGiven) return endLine(line)
  line.held = coloursOf(line.held)
  line.isRestarted = false
  return ''
}

const append = (line: Line, text: string): string => {
  const before = line.isRestarted ? startAnew(line) : ''
  line.held = takeBack(line.held, line.takenBack) + text
  line.takenBack = 0
  return before
}

const take = (line: Line, piece: string): string => {
  switch (piece[0]) {
    case '\n':
      return endLine(line)
    case '\r':
      line.isRestarted = true
      return ''
    case '\x08':
      line.takenBack += piece.length
      return ''
    case '\x1b':
      line.held += piece
      return giveOverflow(line)
    default:
      return append(line, piece) + giveOverflow(line)
  }
}

/** Takes text that moves only forward: all up to its last newline is settled. */
const pass = (line: Line, text: string): string => {
  const end = text.lastIndexOf('\n') + 1
  const ended = end === 0 ? '' : line.held + text.slice(0, end)
  if (end > 0) Object.assign(line, { held: '', isGiven: false })
  line.held += text.slice(end)
  return ended + giveOverflow(line)
}

const write = (line: Line, text: string): string => {
  const flat = text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text
  const isForward = !line.isRestarted && line.takenBack === 0 && !movesBack.test(flat)
  if (isForward) return pass(line, flat)
  return Array.from(flat.matchAll(token), ([piece]) => take(line, piece)).join('')
}

const release = (line: Line): string => {
  const given = line.held
  line.isGiven ||= given !== ''
  line.held = ''
  return given
}

/**
 * Gives lines when they are whole. `\r\n` is a newline; after a lone `\r` what follows replaces the line, so that a progress bar
 * leaves its last state; a backspace lets the next character replace the one before. A line beyond 8192 characters is given as it
 * comes and can no longer be replaced: what would do so begins a new line.
 */
export const createLineSettler = (): LineSettler => {
  const line: Line = { held: '', isRestarted: false, takenBack: 0, isGiven: false }
  return { write: text => write(line, text), release: () => release(line) }
}
