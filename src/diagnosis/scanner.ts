import type { TextPattern } from '../base/index.ts'
import { type CompiledPattern, compilePattern } from './pattern.ts'

/** One line to scan: its number and its text without colour codes. */
export type ScanLine = { readonly number: number; readonly text: string }

/** A pattern found in a line: `pattern` is its index, `column` counts from 1. One match a pattern and line. */
export type Match = {
  readonly pattern: number
  readonly line: number
  readonly column: number
  readonly length: number
}

/** Finds all of its patterns in lines. Lines longer than 4,096 characters are scanned that far. */
export type Scanner = { readonly scan: (lines: readonly ScanLine[]) => readonly Match[] }

const LONGEST = 4096

const scanLine = (
  finders: readonly (CompiledPattern | undefined)[],
  { number, text }: ScanLine,
): readonly Match[] => {
  const line = text.length > LONGEST ? text.slice(0, LONGEST) : text
  const matches: Match[] = []
  for (const [pattern, find] of finders.entries()) {
    const hit = find?.(line)
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
  return { scan: lines => lines.flatMap(line => scanLine(finders, line)) }
}
