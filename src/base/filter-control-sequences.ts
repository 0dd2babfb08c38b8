/** Takes terminal control sequences out of a stream, also those that are cut in two. */
export type ControlSequenceFilter = {
  readonly write: (text: string) => string
  /** Gives what was held back and can no longer become part of anything. */
  readonly end: () => string
  /** Tells whether the stream stands in the middle of something, so that even plain text must be written here. */
  readonly isWithin: () => boolean
}

/** Where reading goes on; `undefined` when the sequence is cut by the end of the text. */
type End = number | undefined

const MAX_STRING_LENGTH = 65_536

// A colour code is the one sequence that stays, so the search passes over it.
const nextIntroducer = /\x1b(?!\[[0-9;:]{0,64}m)|[\x80-\x9f]/g
const csiBody = /[0-?]{0,64}[ -/]{0,8}/y
const intermediates = /[ -/]{1,8}/y
const stringEnd = /[\x07\x18\x1a\x1b\x9c\n]/g
const stringIntroducers = 'P]X^_'
// The first half of the tag characters, which are removed as invisible once they are whole.
const cutSurrogate = /\udb40$/

const isBetween = (char: string, first: string, last: string): boolean => char >= first && char <= last

/** Reads a run of characters and the final one after it. Without a fitting final only the run goes. */
const readUntilFinal = (text: string, body: RegExp, firstFinal: string): End => {
  const end = body.test(text) ? body.lastIndex : undefined
  const final = end === undefined ? undefined : text[end]
  if (end === undefined || final === undefined) return undefined
  return isBetween(final, firstFinal, '~') ? end + 1 : end
}

/** The letter that tells the kind of a sequence: the one after ESC, or the one that an eight-bit control stands for. */
const kindAt = (text: string, at: number): { readonly kind: string | undefined; readonly next: number } => {
  const code = text.charCodeAt(at)
  return code === 0x1b
    ? { kind: text[at + 1], next: at + 2 }
    : { kind: String.fromCharCode(code - 0x40), next: at + 1 }
}

/** Reads a sequence other than a control string. */
const readSequence = (text: string, at: number): End => {
  const { kind, next } = kindAt(text, at)
  if (kind === undefined) return undefined
  if (kind === '[') {
    csiBody.lastIndex = next
    return readUntilFinal(text, csiBody, '@')
  }
  if (isBetween(kind, ' ', '/')) {
    intermediates.lastIndex = next - 1
    return readUntilFinal(text, intermediates, '0')
  }
  return isBetween(kind, '0', '~') ? next : next - 1
}

/**
 * Reads through the rest of a control string, of which `taken` characters came before. A newline and a length that no terminal
 * accepts end it too, so that a stray introducer in binary output does not swallow all that follows.
 */
const readString = (
  text: string,
  at: number,
  taken: number,
): { readonly end: End; readonly next: number } => {
  const limit = at + MAX_STRING_LENGTH - taken
  stringEnd.lastIndex = at
  const found = stringEnd.exec(text)?.index ?? text.length
  if (found >= limit) return { end: limit, next: limit }
  if (found === text.length) return { end: undefined, next: found }
  if (text[found] === '\n') return { end: found, next: found }
  if (text[found] !== '\x1b') return { end: found + 1, next: found + 1 }
  if (found + 1 === text.length) return { end: undefined, next: found }
  const end = text[found + 1] === '\\' ? found + 2 : found
  return { end, next: end }
}

/**
 * Removes every terminal control sequence but colours: cursor moves and erasures, window titles, clipboard writes, links (their
 * text stays), device and application strings, character set switches, and the eight-bit controls.
 */
export const createControlSequenceFilter = (): ControlSequenceFilter => {
  let held = ''
  let taken: number | undefined

  const passString = (text: string, at: number): number => {
    const { end, next } = readString(text, at, taken ?? 0)
    taken = end === undefined ? (taken ?? 0) + next - at : undefined
    return next
  }

  const passSequence = (text: string, at: number): End => {
    const { kind, next } = kindAt(text, at)
    if (kind === undefined || !stringIntroducers.includes(kind)) return readSequence(text, at)
    taken = 0
    return passString(text, next)
  }

  const filter = (text: string): string => {
    let kept = ''
    let at = taken === undefined ? 0 : passString(text, 0)
    while (taken === undefined) {
      nextIntroducer.lastIndex = at
      const found = nextIntroducer.exec(text)?.index ?? text.length
      kept += text.slice(at, found)
      at = found
      const end = found === text.length ? undefined : passSequence(text, found)
      if (end === undefined) break
      at = end
    }
    held = text.slice(at)
    return kept
  }

  return {
    write: text => {
      const kept = filter(held + text)
      const cut = held === '' && taken === undefined ? cutSurrogate.exec(kept)?.[0] : undefined
      if (cut === undefined) return kept
      held = cut
      return kept.slice(0, -1)
    },
    end: () => (cutSurrogate.test(held) ? '\ufffd' : ''),
    isWithin: () => held !== '' || taken !== undefined,
  }
}
