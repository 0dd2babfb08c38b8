import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { CapturedOutput } from '../base/index.ts'
import type { Body } from '../session/index.ts'
import { createLineAssembler } from './line-assembler.ts'
import { createLineRing, defaultBound } from './line-ring.ts'
import { bodiesFolder } from './session-paths.ts'
import { streamReader } from './stream-notes.ts'

const PIECE_BYTES = 1024 * 1024

const readPieces = (path: string, take: (piece: Buffer) => void): void => {
  const descriptor = openSync(path, 'r')
  const piece = Buffer.alloc(PIECE_BYTES)
  try {
    for (;;) {
      const length = readSync(descriptor, piece)
      if (length === 0) return
      take(piece.subarray(0, length))
    }
  } finally {
    closeSync(descriptor)
  }
}

const readLines = (path: string, body: Body): CapturedOutput | undefined => {
  const ring = createLineRing({ bound: defaultBound, onBytes: () => undefined })
  const streamAt = streamReader(body)
  const assembler = createLineAssembler(line => ring.add({ ...line, stream: streamAt(ring.total() + 1) }))
  const hash = createHash('sha256')
  let totalBytes = 0
  readPieces(path, piece => {
    hash.update(piece)
    totalBytes += piece.length
    assembler.push('stdout', piece)
  })
  assembler.end()
  if (hash.digest('hex') !== body.digest) return undefined
  const totalLines = ring.total()
  const lines = ring.view([])
  return { firstLine: totalLines - lines.length + 1, lines, totalLines, totalBytes }
}

/**
 * The output of a run as its session's folder keeps it, the newest lines within the bound of a screen, numbered as they were.
 * `undefined` when the file cannot be read or is no longer what it was.
 */
export const readBody = (sessionPath: string, body: Body): CapturedOutput | undefined => {
  try {
    return readLines(join(bodiesFolder(sessionPath), `${body.digest}.txt`), body)
  } catch {
    return undefined
  }
}
