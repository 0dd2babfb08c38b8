import type { TextPattern } from '../src/base/index.ts'
import { loadKnowledge } from '../src/cli/load-knowledge.ts'
import { prepareEngine } from '../src/cli/prepare-engine.ts'
import { createScanner, type Scanner } from '../src/diagnosis/scanner.ts'
import type { Benchmark, Figure } from './figure.ts'
import { spreadOf } from './interleave.ts'

const LIMIT = 100
const LENGTH = 4_000

/** Expressions that an author may write and that take an engine that goes back for ever, each with what drives it there. */
const catastrophic: readonly { readonly source: string; readonly unit: string }[] = [
  { source: '(a+)+$', unit: 'a' },
  { source: '^(\\w+\\s?)*$', unit: 'word ' },
  { source: '(a|aa)+$', unit: 'a' },
  { source: '(a|a?)+b', unit: 'a' },
  { source: '(.*a){12}$', unit: 'a' },
  { source: '^(([a-z])+.)+[A-Z]([a-z])+$', unit: 'a' },
  { source: '(x+x+)+y', unit: 'x' },
  { source: '(\\d+)*-end', unit: '1' },
]

const lineOf = (unit: string): string => `${unit.repeat(LENGTH / unit.length).slice(0, LENGTH)}!`

const benign = 'kubelet: "SyncLoop (PLEG): event for pod" '.repeat(LENGTH / 40).slice(0, LENGTH)

const scanMs = (scanner: Scanner, text: string): number => {
  const start = performance.now()
  scanner.scan([{ number: 1, text }])
  return performance.now() - start
}

/** The quickest of several: what the engine needs, without what the machine did meanwhile. */
const quickest = (scanner: Scanner, text: string): number =>
  Math.min(...Array.from({ length: 5 }, () => scanMs(scanner, text)))

// A figure below the clock's grain would make any ratio.
const LEAST_MS = 0.01

const worstRatio = (patterns: readonly TextPattern[], lines: readonly string[]): number => {
  const scanner = createScanner(patterns)
  const calm = Math.max(LEAST_MS, quickest(scanner, benign))
  return Math.max(...lines.map(line => quickest(scanner, line) / calm))
}

const hostile = catastrophic.map(({ unit }) => lineOf(unit))
const ofAuthors = catastrophic.map(({ source }): TextPattern => ({ kind: 'regex', source, flags: '' }))

/** Lines that drive expressions back and back, on the bundled patterns and on an author's, against a calm line of that length. */
export const hostilePatterns: Benchmark = {
  rounds: 5,
  shortRounds: 1,
  run: rounds => {
    prepareEngine(undefined)
    const bundled = loadKnowledge().patterns.map(rule => rule.pattern.pattern)
    const figure = (name: string, patterns: readonly TextPattern[]): Figure => ({
      name: `${name} on hostile lines of ${LENGTH} characters / a calm line`,
      unit: 'x',
      spread: spreadOf(Array.from({ length: rounds }, () => worstRatio(patterns, hostile))),
      limit: LIMIT,
    })
    const each = ofAuthors.map(pattern => worstRatio([pattern], hostile))
    return {
      figures: [
        figure(`the ${bundled.length} bundled patterns`, bundled),
        {
          name: `the worst of ${each.length} catastrophic patterns of an author / a calm line`,
          unit: 'x',
          spread: spreadOf(each),
          limit: LIMIT,
          bound: 'max',
        },
      ],
      skipped: [],
    }
  },
}
