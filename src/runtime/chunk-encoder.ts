import type { OutputChunk } from '../base/index.ts'

/** Gives the bytes of a chunk, in as many pieces as it takes; each is lent until the next. */
export type ChunkEncoder = (chunk: OutputChunk, take: (bytes: Buffer) => void) => void

/** A piece is encoded from at most so many UTF-16 units, each of which takes up to three bytes. */
const PIECE_UNITS = 65_536

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00

const pieceEnd = (text: string, start: number): number => {
  const end = Math.min(start + PIECE_UNITS, text.length)
  return end < text.length && isHighSurrogate(text.charCodeAt(end - 1)) ? end - 1 : end
}

/** Creates an encoder that writes every chunk into the same memory: a flood leaves no litter behind. */
export const createChunkEncoder = (): ChunkEncoder => {
  let scratch = Buffer.alloc(0)
  return ({ text }, take) => {
    for (let start = 0; start < text.length; ) {
      const end = pieceEnd(text, start)
      const piece = text.slice(start, end)
      if (scratch.length < piece.length * 3) scratch = Buffer.allocUnsafeSlow(piece.length * 3)
      take(scratch.subarray(0, scratch.write(piece)))
      start = end
    }
  }
}
