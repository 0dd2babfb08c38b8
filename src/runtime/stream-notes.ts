import type { StreamName } from '../base/index.ts'
import type { Body } from '../session/index.ts'

type Range = [from: number, to: number]

/** Beyond this many changes of stream, lines are no longer told apart: the list would outgrow the output. */
const MAX_RANGES = 10_000

/** Keeps note of which lines of an output came on stderr. */
export type StreamNotes = {
  readonly add: (number: number, stream: StreamName) => void
  readonly stderrLines: () => Body['stderrLines']
  /** The stream of any line that was added. */
  readonly streamOf: (number: number) => StreamName
}

/** Creates notes on one output; lines are to be added in order. */
export const createStreamNotes = (): StreamNotes => {
  const ranges: Range[] = []

  const add = (number: number, stream: StreamName): void => {
    if (stream === 'stdout') return
    const last = ranges.at(-1)
    if (last?.[1] === number - 1) last[1] = number
    else if (ranges.length < MAX_RANGES) ranges.push([number, number])
  }

  return {
    add,
    stderrLines: () => ranges.map(([from, to]) => [from, to] as const),
    streamOf: streamFinder(ranges),
  }
}

/** Tells on which stream a line came, asked in any order, of ranges that may grow meanwhile. */
export const streamFinder =
  (ranges: Body['stderrLines']) =>
  (number: number): StreamName => {
    let low = 0
    let high = ranges.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((ranges[middle]?.[1] ?? 0) < number) low = middle + 1
      else high = middle
    }
    return (ranges[low]?.[0] ?? Number.POSITIVE_INFINITY) <= number ? 'stderr' : 'stdout'
  }
