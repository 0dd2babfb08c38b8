import { atOnce, type OutputLine } from '../base/index.ts'
import { isBootMark, outlivesBoot } from './boot-mark.ts'
import { asHistory, type Clue } from './clue.ts'
import type { Knowledge } from './compile-knowledge.ts'
import { findingByPatterns } from './find-by-patterns.ts'
import type { Severity } from './types.ts'
import { readWrittenLine } from './written-line.ts'

/** Collects the clues in the lines of one output that comes piece by piece; the lines of a piece follow those of the one before. */
export type ClueCollector = {
  readonly take: (lines: readonly OutputLine[]) => void
  /** What the lines so far point to, by cause and in the order of the lines. */
  readonly clues: () => readonly Clue[]
  /** How many lines more than those speak for a cause, where there are more. */
  readonly uncounted: () => ReadonlyMap<string, number>
}

/** What is kept for one cause: `severities` holds those met since the last line that says the trouble is over. */
type Heap = { clues: Clue[]; readonly severities: Set<Severity>; lastLine: number; uncounted: number }

const MOST_CLUES = 50_000
const MOST_QUOTES = 200

// Written and read anew, so that the few characters that are kept do not hold the whole piece that they came in.
const detached = (text: string): string => JSON.parse(JSON.stringify(text)) as string

const quoted = (clue: Clue): Clue => ({
  ...clue,
  evidence: { ...clue.evidence, text: detached(clue.evidence.text) },
})

const unquoted = (clue: Clue): Clue => ({ ...clue, evidence: { ...clue.evidence, text: '' } })

const add = (heap: Heap, clue: Clue): void => {
  const isNewLine = clue.evidence.line !== heap.lastLine
  heap.lastLine = clue.evidence.line
  if (heap.clues.length >= MOST_CLUES && heap.severities.has(clue.severity)) {
    if (isNewLine) heap.uncounted += 1
    return
  }
  heap.severities.add(clue.severity)
  heap.clues.push(heap.clues.length < MOST_QUOTES ? quoted(clue) : unquoted(clue))
}

const forget = (heap: Heap): void => {
  heap.clues = heap.clues.map(asHistory)
  heap.severities.clear()
}

/**
 * The same clues as `findingByPatterns` finds in the whole, in bounded memory: of a cause that has 50,000 of them the rest is only
 * counted, and beyond 200 a line is known only by its number.
 */
export const createClueCollector = (knowledge: Knowledge, command: string): ClueCollector => {
  const heaps = new Map<string, Heap>()

  const recover = (lines: readonly OutputLine[]): void => {
    const texts = lines.map(line => readWrittenLine(line.text).text)
    const hasBooted = texts.some(isBootMark)
    for (const [id, heap] of heaps) {
      const cause = knowledge.causes.get(id)
      const isRecovery = knowledge.recovered.get(id)
      if (hasBooted && cause !== undefined && !outlivesBoot(cause)) forget(heap)
      else if (isRecovery !== undefined && texts.some(isRecovery)) forget(heap)
    }
  }

  const heapOf = (cause: string): Heap => {
    const heap = heaps.get(cause) ?? { clues: [], severities: new Set(), lastLine: 0, uncounted: 0 }
    heaps.set(cause, heap)
    return heap
  }

  return {
    take: lines => {
      recover(lines)
      const output = { firstLine: 1, lines, totalLines: lines.length, totalBytes: 0 }
      const found = atOnce(
        findingByPatterns(knowledge, {
          command,
          output,
          outcome: { kind: 'canceled' },
          facts: {},
          factLines: new Map(),
        }),
      )
      for (const clue of found) add(heapOf(clue.cause.id), clue)
    },
    clues: () => [...heaps.values()].flatMap(heap => heap.clues),
    uncounted: () => new Map([...heaps].map(([cause, heap]) => [cause, heap.uncounted])),
  }
}
