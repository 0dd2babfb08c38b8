import type { OutputLine, TextPattern } from '../base/index.ts'
import { isBootMark } from './boot-mark.ts'
import type { Knowledge } from './compile-knowledge.ts'
import { createLiteralFinder } from './literal-finder.ts'
import { compilePattern } from './pattern.ts'
import { requiredLiterals } from './required-literals.ts'
import { isOwned, isWrapped } from './written-line.ts'

/** Picks the lines of a piece that can matter to a diagnosis: it keeps each of those, and few others. */
export type LineFilter = (lines: readonly OutputLine[]) => readonly OutputLine[]

// Colour codes may stand within a word that is looked for.
const isColoured = (text: string): boolean => text.includes('\u001b')

const patternsOf = (knowledge: Knowledge): readonly TextPattern[] => [
  ...knowledge.patterns.map(rule => rule.pattern.pattern),
  ...[...knowledge.causes.values()].flatMap(cause => cause.recovered ?? []),
]

/**
 * A filter for one knowledge base. In a long log nearly every line matters to no cause; passing over those at once spares the rest of
 * the diagnosis from them.
 */
export const createLineFilter = (knowledge: Knowledge): LineFilter => {
  const patterns = patternsOf(knowledge)
  const literals = patterns.map(requiredLiterals)
  const find = createLiteralFinder([...new Set(literals.flatMap(texts => texts ?? []))])
  const others = patterns.flatMap((pattern, index) => {
    const compiled = literals[index] === undefined ? compilePattern(pattern) : undefined
    return compiled?.ok ? [compiled.value] : []
  })
  const matters = ({ text }: OutputLine): boolean =>
    isColoured(text) ||
    isWrapped(text) ||
    isOwned(text) ||
    isBootMark(text) ||
    find(text).length > 0 ||
    others.some(isIn => isIn(text) !== undefined)
  return lines => lines.filter(matters)
}
