import { createControlSequenceFilter } from './filter-control-sequences.ts'
import { revealControls, type ZeroWidth } from './reveal-controls.ts'
import { createLineSettler } from './settle-lines.ts'

/** Cleans one stream of output piece by piece; each stream needs its own. */
export type OutputCleaner = {
  /** Gives what is settled so far. An unfinished line is held back, because a carriage return may still write over it. */
  readonly write: (text: string) => string
  /** Gives the part of an unfinished line that is held back. What writes over it later becomes a line of its own. */
  readonly release: () => string
  /** Gives all that is left; the cleaner is not used after this. */
  readonly end: () => string
}

// Everything that some stage below treats specially. The surrogate is the first half of the invisible tag characters.
const special =
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\udb40]/

/**
 * Makes a command's output safe to print and plain to read: of all terminal escapes only colours (SGR) stay, other control and
 * bidirectional and zero-width characters become visible. A carriage return writes the line anew, a backspace takes a
 * character back. Memory and time are bounded whatever comes: about 8 kB are held, and the work is linear in the input.
 * The pieces in which a text comes make no difference to the joined result. Sequences are those of ECMA-48 and of xterm.
 */
export const createOutputCleaner = (zeroWidth: ZeroWidth = 'shown'): OutputCleaner => {
  const sequences = createControlSequenceFilter()
  const lines = createLineSettler()
  const write = (text: string): string => {
    const isPlain = !sequences.isWithin() && !special.test(text)
    return lines.write(isPlain ? text : revealControls(sequences.write(text), zeroWidth))
  }
  return {
    write,
    release: lines.release,
    end: () => lines.write(revealControls(sequences.end(), zeroWidth)) + lines.release(),
  }
}
