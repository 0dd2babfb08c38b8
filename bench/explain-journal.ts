import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadKnowledge } from '../src/cli/load-knowledge.ts'
import type { Benchmark, Figure } from './figure.ts'
import { generateJournal } from './generate-journal.ts'
import { interleave, spreadOf } from './interleave.ts'
import { runtree } from './program.ts'
import { rgPatternOf } from './rg-patterns.ts'
import { hasProgram, peakMegabytes, runProcess } from './run-process.ts'

const BYTES = 100e6
const TROUBLE_PERCENT = 5
const MOST_RATIO = 4
const MOST_MEGABYTES = 250

const journal = join(tmpdir(), 'runtree-bench-journal-100mb.log')
const patterns = join(tmpdir(), 'runtree-bench-patterns.txt')

const explain = [...runtree, 'explain', '--command', 'journalctl', '--json', journal]
const rg = ['rg', '-c', '-f', patterns, journal]

const writePatterns = (): number => {
  const sources = loadKnowledge().patterns.map(rule => rgPatternOf(rule.pattern.pattern))
  writeFileSync(patterns, `${sources.join('\n')}\n`)
  return sources.length
}

const explainOnce = (): number => {
  const { ms, stdout } = runProcess(explain)
  if (stdout === '') throw new Error('explain printed nothing, so its time says nothing')
  return ms
}

/** `runtree explain` on 100 MB of journal against `rg -c -f` with the same patterns: time as a ratio, and memory. */
export const explainJournal: Benchmark = {
  rounds: 7,
  run: async rounds => {
    generateJournal(journal, { bytes: BYTES, troublePercent: TROUBLE_PERCENT, seed: 1 })
    const count = writePatterns()
    const name = `explain of ${BYTES / 1e6} MB, ${TROUBLE_PERCENT} % of lines match, ${count} patterns`
    const figures: Figure[] = []
    const skipped: string[] = []
    const megabytes = peakMegabytes(explain)
    if (megabytes === undefined) skipped.push('memory: /usr/bin/time is missing')
    else
      figures.push({
        name: `${name}: memory at most`,
        unit: 'MB',
        spread: spreadOf([megabytes]),
        limit: MOST_MEGABYTES,
      })
    if (!hasProgram('rg'))
      return {
        figures,
        skipped: [...skipped, 'ratio: ripgrep (rg) is missing, so there is nothing to compare with'],
      }
    const { subjectMs, baselineMs, ratio } = await interleave({
      subject: explainOnce,
      baseline: () => runProcess(rg).ms,
      rounds,
    })
    figures.push({
      name: `${name} / rg -c -f`,
      unit: 'x',
      spread: ratio,
      limit: MOST_RATIO,
      parts: { 'runtree explain': subjectMs, 'rg -c -f': baselineMs },
    })
    return { figures, skipped }
  },
}
