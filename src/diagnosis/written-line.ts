import { stripColours } from '../facts/index.ts'

/** A line as its program wrote it, and where one of its characters stands in the line as it is shown. */
export type WrittenLine = { readonly text: string; readonly shownAt: (index: number) => number }

const opening = '{"log":"'

/** Tells whether a line is one of Docker's json-file driver: `{"log":"text\n","stream":"stderr","time":"…"}`. */
export const isWrapped = (text: string): boolean => text.startsWith(opening)

// A character may be written as itself, as `\n`, or as `\u003c`.
const escapeLength = (text: string, at: number): number =>
  text[at] !== '\\' ? 1 : text[at + 1] === 'u' ? 6 : 2

const positionsOf = (text: string): readonly number[] => {
  const positions: number[] = []
  let at = opening.length
  while (at < text.length && text[at] !== '"') {
    positions.push(at)
    at += escapeLength(text, at)
  }
  return [...positions, Math.min(at, text.length)]
}

const logOf = (text: string): string | undefined => {
  try {
    const document: unknown = JSON.parse(text)
    const log =
      typeof document === 'object' && document !== null && 'log' in document ? document.log : undefined
    return typeof log === 'string' ? log : undefined
  } catch {
    return undefined
  }
}

/**
 * What stands in a line without colour codes; of a line of Docker's json-file driver what the container wrote. A line of that
 * driver that is cut short stays as it is.
 */
export const readWrittenLine = (shown: string): WrittenLine => {
  const plain = stripColours(shown)
  const log = isWrapped(plain) ? logOf(plain) : undefined
  if (log === undefined) return { text: plain, shownAt: index => index }
  const positions = positionsOf(plain)
  const text = log.replace(/\n$/, '')
  return { text, shownAt: index => positions[Math.min(index, positions.length - 1)] ?? index }
}
