import type { StreamName } from '../base/index.ts'
import { createOpenLine, MAX_LINE_BYTES, type OpenLine, type TakeLine } from './open-line.ts'

/** What came of a stream after its last newline. */
export type UnfinishedLine = { readonly stream: StreamName; readonly text: string }

/** Puts lines together from pieces that end anywhere, for each stream by itself. */
export type LineAssembler = {
  readonly push: (stream: StreamName, bytes: Buffer) => void
  /** Of the streams where something came after the last newline. */
  readonly unfinished: () => readonly UnfinishedLine[]
  /** Hands over what came after the last newline as a last line. */
  readonly end: () => void
}

const NEWLINE = 10

/** Creates an assembler that hands over each line as soon as its newline has come, or its length makes a cut due. */
export const createLineAssembler = (take: TakeLine): LineAssembler => {
  const open: Readonly<Record<StreamName, OpenLine>> = {
    stdout: createOpenLine('stdout', take),
    stderr: createOpenLine('stderr', take),
  }
  const openStreams = (): readonly StreamName[] =>
    (['stdout', 'stderr'] as const).filter(stream => !open[stream].isEmpty())

  const push = (stream: StreamName, buffer: Buffer): void => {
    const line = open[stream]
    let start = 0
    for (let end = buffer.indexOf(NEWLINE); end >= 0; end = buffer.indexOf(NEWLINE, start)) {
      if (line.isEmpty() && end - start <= MAX_LINE_BYTES)
        take({ stream, buffer, start, end, continues: false })
      else {
        line.extend(buffer.subarray(start, end))
        line.end()
      }
      start = end + 1
    }
    if (start < buffer.length) line.extend(buffer.subarray(start))
  }

  return {
    push,
    unfinished: () => openStreams().map(stream => ({ stream, text: open[stream].text() })),
    end: () => {
      for (const stream of openStreams()) open[stream].end()
    },
  }
}
