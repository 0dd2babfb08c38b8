import type { CapturedOutput, OutputChunk, OutputLine } from '../base/index.ts'
import { createLineAssembler } from './line-assembler.ts'
import { createLineRing, defaultBound, type OutputBound } from './line-ring.ts'

/** A run's output as it comes. What stands after the last newline shows as a last line until it is whole. */
export type OutputBuffer = {
  readonly push: (chunk: OutputChunk) => void
  /** Makes a last line of what came without a newline. */
  readonly end: () => void
  /** The newest lines; the same object until something more comes. */
  readonly snapshot: () => CapturedOutput
}

/** What a buffer is created with: `onLine` is told of each whole line, also of those that are not kept for long. */
export type BufferOptions = { readonly bound?: OutputBound; readonly onLine?: (line: OutputLine) => void }

/** Creates an empty buffer. Its memory stays within the bound, and adding costs the same however much came before. */
export const createOutputBuffer = ({ bound = defaultBound, onLine }: BufferOptions = {}): OutputBuffer => {
  const ring = createLineRing(bound)
  const assembler = createLineAssembler(line => {
    const added = ring.add(line)
    onLine?.(added)
  })
  let totalBytes = 0
  let latest: CapturedOutput | undefined

  const push = (chunk: OutputChunk): void => {
    totalBytes += Buffer.byteLength(chunk.text)
    latest = undefined
    assembler.push(chunk)
  }

  const end = (): void => {
    latest = undefined
    assembler.end()
  }

  const capture = (): CapturedOutput => {
    const lines = ring.lines()
    for (const line of assembler.unfinished())
      lines.push({ number: (lines.at(-1)?.number ?? 0) + 1, ...line })
    const firstLine = lines[0]?.number ?? 1
    return { firstLine, lines, totalLines: lines.at(-1)?.number ?? 0, totalBytes }
  }

  const snapshot = (): CapturedOutput => {
    latest ??= capture()
    return latest
  }

  return { push, end, snapshot }
}
