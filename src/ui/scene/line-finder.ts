import type { CapturedOutput } from '../../base/index.ts'
import { dropColours } from '../../base/index.ts'
import { holdsMatch } from '../present/find-matches.ts'
import { firstFrom } from './output-window.ts'

/** What lines are looked for in. */
export type LineQuestion = {
  readonly runId: string
  readonly output: CapturedOutput
  readonly wanted: string
}

/** Gives the numbers of the lines that hold what is wanted, ascending. */
export type LineFinder = (question: LineQuestion) => readonly number[]

type Found = { readonly runId: string; readonly wanted: string; upTo: number; readonly numbers: number[] }

/** So many lines at the end may still grow: one of each stream. */
const unfinished = 2

const most = 4

/** A finder that looks at each line of a growing output once. It remembers the last few questions. */
export const createLineFinder = (): LineFinder => {
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
    const { output, wanted } = question
    const found = foundFor(question)
    found.numbers.splice(firstFrom(found.numbers, found.upTo + 1))
    for (const line of output.lines.slice(Math.max(0, found.upTo + 1 - output.firstLine)))
      if (holdsMatch(dropColours(line.text), wanted)) found.numbers.push(line.number)
    found.upTo = Math.max(0, output.totalLines - unfinished)
    return found.numbers.slice(firstFrom(found.numbers, output.firstLine))
  }
}
