/** A stretch of whole lines in the file of an output: from a line and a byte up to another line and byte, these exclusive. */
export type Stretch = {
  readonly firstLine: number
  readonly start: number
  /** `undefined` for the last stretch, which may still grow. */
  readonly next: { readonly line: number; readonly start: number } | undefined
}

/** Where lines lie in the file of an output, noted once in a while, so that any line is found by reading little. */
export type LineIndex = {
  /** Is to be told of every line in order: its number, and the offset of its first byte. */
  readonly note: (line: number, start: number) => void
  /** The stretch that holds a line; `undefined` before the first. */
  readonly stretchOf: (line: number) => Stretch | undefined
}

/** A stretch has so many lines, or hardly more than so many bytes: what is read for one line on the screen. */
const STRETCH_LINES = 1_024
const STRETCH_BYTES = 128 * 1024

/** Creates an empty index. A gigabyte of lines takes some ten thousand notes. */
export const createLineIndex = (): LineIndex => {
  const lines: number[] = []
  const starts: number[] = []

  const note = (line: number, start: number): void => {
    const isNear =
      line - (lines.at(-1) ?? -STRETCH_LINES) < STRETCH_LINES &&
      start - (starts.at(-1) ?? -STRETCH_BYTES) < STRETCH_BYTES
    if (isNear) return
    lines.push(line)
    starts.push(start)
  }

  const stretchOf = (line: number): Stretch | undefined => {
    let low = 0
    let high = lines.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((lines[middle] ?? 0) <= line) low = middle + 1
      else high = middle
    }
    const [firstLine, start] = [lines[low - 1], starts[low - 1]]
    if (firstLine === undefined || start === undefined) return undefined
    const [nextLine, nextStart] = [lines[low], starts[low]]
    const next =
      nextLine === undefined || nextStart === undefined ? undefined : { line: nextLine, start: nextStart }
    return { firstLine, start, next }
  }

  return { note, stretchOf }
}
