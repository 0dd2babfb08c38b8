import { type CapturedOutput, dropColours, textFrom, type WholeOutput } from '../../base/index.ts'
import { holdsMatch } from '../present/find-matches.ts'
import { firstFrom } from './output-window.ts'

/** What lines are looked for in. */
export type LineQuestion = {
  readonly runId: string
  readonly output: CapturedOutput | WholeOutput
  readonly wanted: string
}

/** The numbers of the lines that hold what is wanted, ascending, as far as the output was looked through. */
export type FoundLines = {
  readonly numbers: readonly number[]
  /** From 0 to 1: an output of many gigabytes is looked through bit by bit. */
  readonly share: number
}

/** Looks for lines, so many at a time: it goes on when it is asked again. */
export type LineFinder = (question: LineQuestion) => FoundLines

type Found = { readonly runId: string; readonly wanted: string; upTo: number; readonly numbers: number[] }

/** So many lines at the end may still grow: one of each stream. */
const unfinished = 2

const most = 4

/** So much text is looked through in a turn, in UTF-16 units: some ten milliseconds. */
const turnLength = 4 * 1024 * 1024

/** More lines than these are not told apart: nobody goes through them one by one. */
const mostLines = 1_000_000

/** Looks through the next bit of an output, and notes what it finds; tells whether it came to the end. */
const lookOn = (found: Found, output: CapturedOutput | WholeOutput): boolean => {
  const { wanted, numbers } = found
  const lastLine = output.firstLine + output.lines.length - 1
  let number = Math.max(found.upTo + 1, output.firstLine)
  for (let length = 0; number <= lastLine && length < turnLength && numbers.length < mostLines; ) {
    const { text, endLine } = textFrom(output, number)
    length += text.length
    if (holdsMatch(dropColours(text), wanted))
      for (const line of output.lines.slice(number - output.firstLine, endLine - output.firstLine))
        if (holdsMatch(dropColours(line.text), wanted)) numbers.push(line.number)
    number = endLine
  }
  const isDone = number > lastLine || numbers.length >= mostLines
  found.upTo = isDone ? Math.max(0, output.totalLines - unfinished) : number - 1
  return isDone
}

/** A finder that looks at each line of a growing output once. It remembers the last few questions, and wants to be asked again while lines are left. */
export const createLineFinder = (askAgain: () => void): LineFinder => {
  const known: Found[] = []

  const foundFor = ({ runId, wanted, output }: LineQuestion): Found => {
    const before = known.find(each => each.runId === runId && each.wanted === wanted)
    if (before !== undefined && before.upTo <= output.totalLines) return before
    const found = { runId, wanted, upTo: 0, numbers: [] }
    if (before !== undefined) known.splice(known.indexOf(before), 1)
    known.unshift(found)
    known.splice(most)
    return found
  }

  return question => {
    const { output } = question
    const found = foundFor(question)
    found.numbers.splice(firstFrom(found.numbers, found.upTo + 1))
    const isThrough = lookOn(found, output)
    if (!isThrough) askAgain()
    return {
      numbers: found.numbers.slice(firstFrom(found.numbers, output.firstLine)),
      share: isThrough ? 1 : found.upTo / output.totalLines,
    }
  }
}
