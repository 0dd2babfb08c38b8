import type { OutputLine } from '../base/index.ts'
import { stripColours } from '../facts/index.ts'

// klog's last words: the level F, month and day, time, thread, and the place in the source that says them.
const lastWords = /^(?:.*?\b([\w.-]+)\[\d+\]: )?F\d{4} [\d:.]+ +\d+ (\S+\.go:\d+)\]/

type LastWords = { readonly line: number; readonly program: string; readonly place: string }

const readLastWords = ({ number, text }: OutputLine): readonly LastWords[] => {
  if (!text.includes('.go:')) return []
  const [, program = '', place] = lastWords.exec(stripColours(text)) ?? []
  return place === undefined ? [] : [{ line: number, program, place }]
}

/** Of a long output only so many lines are looked at: what ended longer ago stands behind in the ranking anyway. */
const NEWEST = 2_000

/**
 * The numbers of lines with the last words of a program that has ended since for another reason: what stopped it then no longer
 * does.
 */
export const findSupersededLines = (lines: readonly OutputLine[]): ReadonlySet<number> => {
  const byProgram = Map.groupBy(lines.slice(-NEWEST).flatMap(readLastWords), words => words.program)
  return new Set(
    [...byProgram.values()].flatMap(words => {
      const newest = words.at(-1)?.place
      return words.filter(({ place }) => place !== newest).map(({ line }) => line)
    }),
  )
}
