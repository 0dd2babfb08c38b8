import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { CapturedOutput } from '../base/index.ts'
import type { Body, Run } from '../session/index.ts'
import { createLineAssembler } from './line-assembler.ts'
import { createLineRing, defaultBound, type OutputBound } from './line-ring.ts'
import { bodiesFolder, bodyFile } from './session-paths.ts'
import { streamFinder } from './stream-notes.ts'

/** What the journal says of an output: where it is kept, and how many lines it has. */
export type KeptOutput = Pick<Run, 'body' | 'totalLines'>

const PIECE_BYTES = 256 * 1024
const NEWLINE = 10

/** One for all reads: a report reads thousands of outputs. */
const piece = Buffer.alloc(PIECE_BYTES)

/** Reads a file in pieces, each lent for the call with the place where it begins. */
const readPieces = (descriptor: number, take: (bytes: Buffer, from: number) => void): void => {
  for (let from = 0; ; ) {
    const length = readSync(descriptor, piece)
    if (length === 0) return
    take(piece.subarray(0, length), from)
    from += length
  }
}

type End = { readonly digest: string; readonly size: number; readonly bytes: Buffer }

/** The digest of a file and its last bytes. */
const readEnd = (path: string, most: number): End => {
  const descriptor = openSync(path, 'r')
  try {
    const { size } = fstatSync(descriptor)
    const bytes = Buffer.allocUnsafe(Math.min(size, most))
    const start = size - bytes.length
    const hash = createHash('sha256')
    readPieces(descriptor, (part, from) => {
      hash.update(part)
      const skipped = Math.max(0, start - from)
      if (skipped < part.length) part.copy(bytes, from + skipped - start, skipped)
    })
    return { digest: hash.digest('hex'), size, bytes }
  } finally {
    closeSync(descriptor)
  }
}

const countLines = (bytes: Buffer): number => {
  let count = 0
  const assembler = createLineAssembler(() => {
    count += 1
  })
  assembler.push('stdout', bytes)
  assembler.end()
  return count
}

type Lines = { readonly bytes: Buffer; readonly before: number }

/** The whole lines at the end of an output, and how many come before them. A single line that is longer than the bound is cut. */
const wholeLinesOf = ({ bytes, size }: End, totalLines: number): Lines => {
  if (bytes.length === size) return { bytes, before: 0 }
  const whole = bytes.subarray(bytes.indexOf(NEWLINE) + 1)
  const kept = whole.length === 0 ? bytes : whole
  return { bytes: kept, before: Math.max(0, totalLines - countLines(kept)) }
}

const toLines = ({ bytes, before }: Lines, body: Body, bound: OutputBound) => {
  const ring = createLineRing({ bound, onBytes: () => undefined, before })
  const streamAt = streamFinder(body.stderrLines)
  const assembler = createLineAssembler(line => ring.add({ ...line, stream: streamAt(ring.total() + 1) }))
  assembler.push('stdout', bytes)
  assembler.end()
  return { lines: ring.view([]), totalLines: ring.total() }
}

/**
 * The output of a run as its session's folder keeps it, the newest lines within a bound (that of a screen unless another one is
 * given), numbered as they were. `undefined` when the file cannot be read or is no longer what it was.
 */
export const readBody = (
  sessionPath: string,
  { body, totalLines: expected }: KeptOutput,
  bound: OutputBound = defaultBound,
): CapturedOutput | undefined => {
  if (body === undefined) return undefined
  try {
    const end = readEnd(join(bodiesFolder(sessionPath), bodyFile(body.digest)), bound.maxBytes)
    if (end.digest !== body.digest) return undefined
    const { lines, totalLines } = toLines(wholeLinesOf(end, expected), body, bound)
    return { firstLine: totalLines - lines.length + 1, lines, totalLines, totalBytes: end.size }
  } catch {
    return undefined
  }
}
