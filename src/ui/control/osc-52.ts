import type { Multiplexer } from '../services.ts'

/**
 * The escape sequence that puts a text into the clipboard of the terminal's owner, also over ssh (xterm's "Manipulate Selection
 * Data"). Terminals that do not know it, or do not allow it, ignore it.
 */
export const osc52 = (text: string): string => `\x1b]52;c;${Buffer.from(text, 'utf8').toString('base64')}\x07`

/** GNU screen drops strings that are longer than some hundred bytes. */
const screenPiece = 250

/** tmux hands on what stands in its own string, each escape doubled, where `allow-passthrough` says so. */
const throughTmux = (sequence: string): string => `\x1bPtmux;${sequence.replaceAll('\x1b', '\x1b\x1b')}\x1b\\`

/** GNU screen hands on what stands in device control strings; pieces one after the other arrive as one sequence. */
const throughScreen = (sequence: string): string =>
  (sequence.match(new RegExp(`[\\s\\S]{1,${screenPiece}}`, 'g')) ?? [])
    .map(piece => `\x1bP${piece}\x1b\\`)
    .join('')

/**
 * What is written to copy a text. tmux gets the sequence twice, wrapped for the terminal around it and bare for itself: which of the
 * two it heeds depends on its options (`allow-passthrough`, `set-clipboard`), and both put the same text there.
 */
export const copySequence = (text: string, multiplexer: Multiplexer | undefined): string => {
  const sequence = osc52(text)
  if (multiplexer === 'tmux') return throughTmux(sequence) + sequence
  return multiplexer === 'screen' ? throughScreen(sequence) : sequence
}
