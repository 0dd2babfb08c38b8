import { lazily, type TextPattern } from '../base/index.ts'
import { createLiteralFinder } from './literal-finder.ts'
import { type CompiledPattern, compilePattern } from './pattern.ts'
import { requiredLiterals } from './required-literals.ts'

/** One line to scan: its number and its text without colour codes. */
export type ScanLine = { readonly number: number; readonly text: string }

/** A pattern found in a line: `pattern` is its index, `column` counts from 1. One match a pattern and line. */
export type Match = {
  readonly pattern: number
  readonly line: number
  readonly column: number
  readonly length: number
}

/** So much of a line is scanned, in UTF-16 units: what an expression of an author may cost grows with the square of it. */
export const SCANNED_LENGTH = 4_096

/** Finds all of its patterns in lines. Longer lines are scanned as far as `SCANNED_LENGTH`. */
export type Scanner = { readonly scan: (lines: readonly ScanLine[]) => readonly Match[] }

/** Tells which patterns a line may hold, by index in ascending order. */
type Sieve = (line: string) => readonly number[]

// A pattern is tried only on lines that hold one of the texts without which it cannot match.
const createSieve = (patterns: readonly TextPattern[]): Sieve => {
  const owners: number[] = []
  const texts: string[] = []
  const always: number[] = []
  for (const [pattern, literals] of patterns.map(requiredLiterals).entries()) {
    if (literals === undefined) always.push(pattern)
    for (const literal of literals ?? []) {
      owners.push(pattern)
      texts.push(literal)
    }
  }
  const find = createLiteralFinder(texts)
  return line => {
    const found = find(line)
    if (found.length === 0) return always
    return [...new Set([...always, ...found.map(text => owners[text] ?? 0)])].sort((a, b) => a - b)
  }
}

// Stands in for a pattern that does not compile.
const never: TextPattern = { kind: 'literal', text: '\u0000never' }

type Finders = readonly (CompiledPattern | undefined)[]

const scanLine = (finders: Finders, candidates: Sieve, { number, text }: ScanLine): readonly Match[] => {
  const line = text.length > SCANNED_LENGTH ? text.slice(0, SCANNED_LENGTH) : text
  const matches: Match[] = []
  for (const pattern of candidates(line)) {
    const hit = finders[pattern]?.(line)
    if (hit !== undefined) matches.push({ pattern, line: number, column: hit.start + 1, length: hit.length })
  }
  return matches
}

/** A scanner over patterns. One that does not compile is never found; `compilePattern` says why. */
export const createScanner = (patterns: readonly TextPattern[]): Scanner => {
  const finders = patterns.map(pattern => {
    const compiled = compilePattern(pattern)
    return compiled.ok ? compiled.value : undefined
  })
  // The automaton costs more than most outputs take to scan, so it is built when it is first needed.
  const sieve = lazily(() => createSieve(patterns.map((pattern, i) => (finders[i] ? pattern : never))))
  return { scan: lines => lines.flatMap(line => scanLine(finders, sieve(), line)) }
}
