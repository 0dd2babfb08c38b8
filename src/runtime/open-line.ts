import type { StreamName } from '../base/index.ts'

/** Where a line is cut: longer ones go on as the next line. In bytes of UTF-8; a character is never parted. */
export const MAX_LINE_BYTES = 65_536

/** A line as bytes without its newline. `end` is exclusive, `buffer` is lent for the call only, `continues` as in `OutputLine`. */
export type RawLine = {
  readonly stream: StreamName
  readonly buffer: Buffer
  readonly start: number
  readonly end: number
  readonly continues: boolean
}

/** Takes a line, and is done with its bytes when it returns. */
export type TakeLine = (line: RawLine) => void

/** A line of one stream whose newline has not come yet. */
export type OpenLine = {
  readonly isEmpty: () => boolean
  readonly extend: (piece: Buffer) => void
  /** Hands the line over as it is. */
  readonly end: () => void
  readonly text: () => string
}

const isInsideCharacter = (byte: number | undefined): boolean => ((byte ?? 0) & 0xc0) === 0x80

/** How much of a full buffer is handed over, so that no character is parted from the byte that follows. */
const cutLength = (buffer: Buffer, next: number | undefined): number => {
  if (!isInsideCharacter(next)) return MAX_LINE_BYTES
  let length = MAX_LINE_BYTES - 1
  while (isInsideCharacter(buffer[length]) && length > MAX_LINE_BYTES - 4) length -= 1
  return length
}

/** Creates an open line, empty. One that outgrows the limit is handed over in pieces. */
export const createOpenLine = (stream: StreamName, take: TakeLine): OpenLine => {
  let buffer = Buffer.alloc(0)
  let length = 0

  const cut = (next: number | undefined): void => {
    const end = cutLength(buffer, next)
    take({ stream, buffer, start: 0, end, continues: true })
    buffer.copyWithin(0, end, length)
    length -= end
  }

  const extend = (piece: Buffer): void => {
    if (buffer.length === 0) buffer = Buffer.allocUnsafeSlow(MAX_LINE_BYTES)
    for (let from = 0; from < piece.length; ) {
      if (length === MAX_LINE_BYTES) cut(piece[from])
      const copied = piece.copy(buffer, length, from)
      length += copied
      from += copied
    }
  }

  const end = (): void => {
    take({ stream, buffer, start: 0, end: length, continues: false })
    length = 0
  }

  return { isEmpty: () => length === 0, extend, end, text: () => buffer.toString('utf8', 0, length) }
}
