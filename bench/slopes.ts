import type { TextPattern } from '../src/base/index.ts'
import { loadKnowledge } from '../src/cli/load-knowledge.ts'
import { createScanner, type ScanLine } from '../src/diagnosis/scanner.ts'
import { parseDocument } from '../src/document/index.ts'
import { compileTree } from '../src/tree/index.ts'
import { documentOf, lintOnce } from './documents.ts'
import type { Benchmark, Figure } from './figure.ts'
import { journalLines } from './generate-journal.ts'
import { spreadOf } from './interleave.ts'

const msOf = (work: () => unknown): number => {
  const start = performance.now()
  work()
  return performance.now() - start
}

/** Two sizes of one thing, the second `factor` times the first, each measured in turn. */
type Growth = {
  readonly name: string
  readonly factor: number
  readonly small: () => number
  readonly large: () => number
}

const LINES = 20_000

const numbered = (texts: readonly string[]): readonly ScanLine[] =>
  texts.map((text, at) => ({ number: at + 1, text }))

/** The bundled patterns so many times over, each copy with words of its own. */
const patternsTimes = (times: number): readonly TextPattern[] => {
  const own = loadKnowledge().patterns.map(rule => rule.pattern.pattern)
  return Array.from({ length: times }, (_, copy) =>
    own.map(
      (pattern): TextPattern =>
        copy === 0
          ? pattern
          : pattern.kind === 'literal'
            ? { kind: 'literal', text: `${pattern.text} no. ${copy}` }
            : { ...pattern, source: `(?:${pattern.source}) no\\. ${copy}` },
    ),
  ).flat()
}

const scanMs = (patterns: readonly TextPattern[], lines: readonly ScanLine[]): (() => number) => {
  const scanner = createScanner(patterns)
  scanner.scan(lines.slice(0, 100))
  return () => msOf(() => scanner.scan(lines))
}

const steps = (count: number): string =>
  Array.from({ length: count }, (_, at) => `## Step ${at}\n\n\`\`\`bash\nls /srv/${at}\n\`\`\`\n\n`).join('')

const compileMs = (text: string) => () =>
  msOf(() => compileTree({ document: parseDocument({ name: 'steps', text }).document }))

const growths = (): readonly Growth[] => {
  const short = numbered(journalLines(LINES, { troublePercent: 5, seed: 1 }))
  const long = numbered(journalLines(10 * LINES, { troublePercent: 5, seed: 1 }))
  const [few, many] = [patternsTimes(1), patternsTimes(4)]
  const [shortText, longText] = [documentOf(200_000), documentOf(2_000_000)]
  const scanShort = scanMs(few, short)
  return [
    {
      name: 'document of 0.2 MB to 2 MB: parse and lint',
      factor: 10,
      small: () => lintOnce(shortText),
      large: () => lintOnce(longText),
    },
    {
      name: `output of ${LINES} to ${10 * LINES} lines: scan`,
      factor: 10,
      small: scanShort,
      large: scanMs(few, long),
    },
    {
      name: `${few.length} to ${many.length} patterns: scan`,
      factor: 4,
      small: scanShort,
      large: scanMs(many, short),
    },
    {
      name: '100 to 2,000 steps: parse and compile',
      factor: 20,
      small: compileMs(steps(100)),
      large: compileMs(steps(2_000)),
    },
  ]
}

const measure = ({ name, factor, small, large }: Growth, rounds: number): Figure => {
  small()
  large()
  const slopes = Array.from({ length: rounds }, () => {
    const before = small()
    return Math.log(large() / before) / Math.log(factor)
  })
  return { name: `${name}: exponent`, unit: 'x', spread: spreadOf(slopes), limit: 1.15 }
}

/** How cost grows with size, as the exponent of a power: 1 is linear, 0 is no growth. */
export const slopes: Benchmark = {
  rounds: 7,
  run: rounds => ({ figures: growths().map(growth => measure(growth, rounds)), skipped: [] }),
}
