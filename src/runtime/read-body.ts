import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { StringDecoder } from 'node:string_decoder'
import type { CapturedOutput } from '../base/index.ts'
import type { Body } from '../session/index.ts'
import { streamOf } from './body-lines.ts'
import { createLineAssembler } from './line-assembler.ts'
import { createLineRing, defaultBound } from './line-ring.ts'
import { bodiesFolder } from './session-paths.ts'

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
  const ring = createLineRing(defaultBound)
  const streamAt = streamOf(body)
  const assembler = createLineAssembler(line => ring.add({ ...line, stream: streamAt(ring.total() + 1) }))
  const decoder = new StringDecoder('utf8')
  const hash = createHash('sha256')
  let totalBytes = 0
  readPieces(path, piece => {
    hash.update(piece)
    totalBytes += piece.length
    assembler.push({ stream: 'stdout', text: decoder.write(piece) })
  })
  assembler.end()
  if (hash.digest('hex') !== body.digest) return undefined
  const lines = ring.lines()
  return { firstLine: lines[0]?.number ?? 1, lines, totalLines: ring.total(), totalBytes }
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
