import { createReadStream } from 'node:fs'
import { createLineAssembler } from './line-assembler.ts'
import { createLineIndex, type LineIndex } from './line-index.ts'

/** The index of a file, and how many lines it has. */
export type IndexedFile = { readonly index: LineIndex; readonly totalLines: number }

const PIECE_BYTES = 1024 * 1024

/** Reads through the file of an output and notes where its lines lie. Others have their turn after each piece. Rejects when it cannot be read. */
export const indexFile = async (path: string): Promise<IndexedFile> => {
  const index = createLineIndex()
  let totalLines = 0
  let offset = 0
  const assembler = createLineAssembler(({ start, end, continues }) => {
    totalLines += 1
    index.note(totalLines, offset)
    offset += end - start + (continues ? 0 : 1)
  })
  for await (const piece of createReadStream(path, { highWaterMark: PIECE_BYTES }))
    assembler.push('stdout', piece as Buffer)
  assembler.end()
  return { index, totalLines }
}
