import type { OutputLine, TextPattern } from '../base/index.ts'
import { stripColours } from '../facts/index.ts'
import { createScanner, type Match } from './scanner.ts'

/** What to look for and what it means, as a step's look-for items say. */
export type Wanted = { readonly pattern: TextPattern; readonly means: string }

/** A line in which something was found that was looked for. Columns count from 1 in the text without colour codes. */
export type LookForMatch = Match & { readonly means: string }

/** The lines of an output that hold what a step says to look for, with its meaning. */
export const scanLookFor = (
  wanted: readonly Wanted[],
  lines: readonly OutputLine[],
): readonly LookForMatch[] => {
  const scanner = createScanner(wanted.map(item => item.pattern))
  const plain = lines.map(({ number, text }) => ({ number, text: stripColours(text) }))
  return scanner.scan(plain).map(match => ({ ...match, means: wanted[match.pattern]?.means ?? '' }))
}
