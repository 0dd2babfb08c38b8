import type { CapturedOutput, OutputChunk, OutputLine, StreamName } from '../base/index.ts'
import { createChunkEncoder } from './chunk-encoder.ts'
import { createLineAssembler } from './line-assembler.ts'
import { createLineRing, defaultBound, type OutputBound } from './line-ring.ts'

/** A run's output as it comes. What stands after the last newline shows as a last line until it is whole. */
export type OutputBuffer = {
  readonly push: (chunk: OutputChunk) => void
  /** Makes a last line of what came without a newline. */
  readonly end: () => void
  /**
   * The newest lines; the same object until something more comes. Lines are made as they are looked at, so this costs nothing
   * however much is kept. In an older picture, lines that have been let go of since read as empty.
   */
  readonly snapshot: () => CapturedOutput
}

/** What a buffer is created with. */
export type BufferOptions = {
  readonly bound?: OutputBound
  /** Is handed the text of the whole output, line by line as they were numbered, over-long ones joined; lent for the call. */
  readonly onBytes?: (bytes: Buffer) => void
  /** Is told the stream of each line, and at which byte of the whole text it begins. */
  readonly onLine?: (number: number, stream: StreamName, start: number) => void
}

const ignore = (): void => undefined

/** Creates an empty buffer. Its memory stays within the bound, and adding costs the same however much came before. */
export const createOutputBuffer = (options: BufferOptions = {}): OutputBuffer => {
  const { bound = defaultBound, onBytes = ignore, onLine = ignore } = options
  const ring = createLineRing({ bound, onBytes })
  const encode = createChunkEncoder()
  const assembler = createLineAssembler(line => {
    const start = ring.add(line)
    onLine(ring.total(), line.stream, start)
  })
  let totalBytes = 0
  let latest: CapturedOutput | undefined

  const push = (chunk: OutputChunk): void => {
    latest = undefined
    encode(chunk, bytes => {
      totalBytes += bytes.length
      assembler.push(chunk.stream, bytes)
    })
  }

  const end = (): void => {
    latest = undefined
    assembler.end()
    ring.flush()
  }

  const capture = (): CapturedOutput => {
    const unfinished = assembler.unfinished()
    const behind = unfinished.map(
      (line, index): OutputLine => ({ number: ring.total() + index + 1, ...line, isUnfinished: true }),
    )
    const totalLines = ring.total() + behind.length
    const lines = ring.view(behind)
    return { firstLine: totalLines - lines.length + 1, lines, totalLines, totalBytes }
  }

  const snapshot = (): CapturedOutput => {
    latest ??= capture()
    return latest
  }

  return { push, end, snapshot }
}
