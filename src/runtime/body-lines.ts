import type { OutputLine, StreamName } from '../base/index.ts'
import type { Body } from '../session/index.ts'

type Range = [from: number, to: number]

/** Beyond this many changes of stream, lines are no longer told apart: the list would outgrow the output. */
const MAX_RANGES = 10_000

/** Turns lines into the text of a body, and keeps note of which came on stderr. */
export type BodyLines = {
  /** The text that the line adds to the body. */
  readonly add: (line: OutputLine) => string
  readonly stderrLines: () => Body['stderrLines']
}

/** Creates the notes for one body. Lines that were cut are written as one, unless the other stream came between. */
export const createBodyLines = (): BodyLines => {
  const ranges: Range[] = []
  let cut: StreamName | undefined

  const note = (number: number): void => {
    const last = ranges.at(-1)
    if (last?.[1] === number - 1) last[1] = number
    else if (ranges.length < MAX_RANGES) ranges.push([number, number])
  }

  const add = ({ number, stream, text, continues }: OutputLine): string => {
    if (stream === 'stderr') note(number)
    const before = cut === undefined || cut === stream ? '' : '\n'
    cut = continues === true ? stream : undefined
    return `${before}${text}${continues === true ? '' : '\n'}`
  }

  return { add, stderrLines: () => ranges.map(([from, to]) => [from, to] as const) }
}

/** Tells on which stream each line of a body came. */
export const streamOf = ({ stderrLines }: Body): ((number: number) => StreamName) => {
  let index = 0
  return number => {
    while ((stderrLines[index]?.[1] ?? Number.POSITIVE_INFINITY) < number) index += 1
    return (stderrLines[index]?.[0] ?? Number.POSITIVE_INFINITY) <= number ? 'stderr' : 'stdout'
  }
}
