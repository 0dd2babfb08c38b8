import { stripColours } from '../facts/index.ts'

/** A line as its program wrote it, the same as it is shown, and where one of its characters stands in that. Neither has colour codes. */
export type WrittenLine = {
  readonly text: string
  readonly shown: string
  readonly shownAt: (index: number) => number
}

const asItStands = (index: number): number => index

const opening = '{"log":"'

/** Tells whether a line is one of Docker's json-file driver: `{"log":"text\n","stream":"stderr","time":"…"}`. */
export const isWrapped = (text: string): boolean => text.startsWith(opening)

// Whose line it is, where the lines of several containers are shown together: compose and `kubectl logs --prefix` say it in front.
const owner = /^(?:[a-z0-9][a-z0-9_.-]*[a-z0-9] +\| |\[pod\/[\w.-]+\/[\w.-]+\] )/

// Few lines have the bar at all, which is found out sooner than the whole is read.
const ownerLength = (text: string): number =>
  text.startsWith('[pod/') || text.includes(' | ') ? (owner.exec(text)?.[0].length ?? 0) : 0

/** Tells whether the container that wrote a line is named in front of it. */
export const isOwned = (text: string): boolean => ownerLength(text) > 0

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

/** A line without the name of its container in front. */
export const withoutOwner = (text: string): string => text.slice(ownerLength(text))

const asItsOwnerWrote = (shown: string): WrittenLine => {
  const skipped = ownerLength(shown)
  if (skipped === 0) return { text: shown, shown, shownAt: asItStands }
  return { text: shown.slice(skipped), shown, shownAt: index => index + skipped }
}

/**
 * What stands in a line without colour codes; of a line of Docker's json-file driver, or one with its container's name in front, what
 * the container wrote. A line of that driver that is cut short stays as it is.
 */
export const readWrittenLine = (line: string): WrittenLine => {
  const shown = stripColours(line)
  const log = isWrapped(shown) ? logOf(shown) : undefined
  if (log === undefined) return asItsOwnerWrote(shown)
  const shownAt = (index: number): number => {
    const positions = positionsOf(shown)
    return positions[Math.min(index, positions.length - 1)] ?? index
  }
  return { text: log.replace(/\n$/, ''), shown, shownAt }
}
