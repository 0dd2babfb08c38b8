import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadKnowledge } from '../src/cli/load-knowledge.ts'
import type { Benchmark, Figure, Report } from './figure.ts'
import { generateJournal } from './generate-journal.ts'
import { interleave, spreadOf } from './interleave.ts'
import { runtree } from './program.ts'
import { rgPatternOf } from './rg-patterns.ts'
import { hasProgram, peakMegabytes, runProcess } from './run-process.ts'

const BYTES = 100e6
const SHORT_BYTES = 10e6
const TROUBLE_PERCENT = 5
const MOST_RATIO = 2.5
const MOST_FOR_TROUBLE = 2
const MOST_MEGABYTES = 250

const journalOf = (bytes: number, troublePercent: number): string => {
  const path = join(tmpdir(), `runtree-bench-journal-${bytes / 1e6}mb-${troublePercent}.log`)
  generateJournal(path, { bytes, troublePercent, seed: 1 })
  return path
}

const patterns = join(tmpdir(), 'runtree-bench-patterns.txt')

const writePatterns = (): number => {
  const sources = loadKnowledge().patterns.map(rule => rgPatternOf(rule.pattern.pattern))
  writeFileSync(patterns, `${sources.join('\n')}\n`)
  return sources.length
}

const explain = (journal: string) => [...runtree, 'explain', '--command', 'journalctl', '--json', journal]

const explainOnce = (journal: string) => (): number => {
  const { ms, stdout } = runProcess(explain(journal))
  if (stdout === '') throw new Error('explain printed nothing, so its time says nothing')
  return ms
}

const memory = (name: string, journal: string): Report => {
  const megabytes = peakMegabytes(explain(journal))
  if (megabytes === undefined) return { figures: [], skipped: ['memory: /usr/bin/time is missing'] }
  const spread = spreadOf([megabytes])
  return {
    figures: [{ name: `${name}: memory at most`, unit: 'MB', spread, limit: MOST_MEGABYTES }],
    skipped: [],
  }
}

const againstRg = async (name: string, journal: string, rounds: number): Promise<Report> => {
  if (!hasProgram('rg'))
    return { figures: [], skipped: ['ripgrep (rg) is missing, so there is nothing to compare with'] }
  // Where every match stands is wanted of both; the matches go to a pipe that is read to its end.
  const rg = ['rg', '-n', '--column', '-o', '-f', patterns, journal]
  const { subjectMs, baselineMs, ratio } = await interleave({
    subject: explainOnce(journal),
    baseline: () => runProcess(rg).ms,
    rounds,
  })
  const parts = { 'runtree explain': subjectMs, 'rg -n --column -o': baselineMs }
  const figure = {
    name: `${name} / rg -n --column -o -f`,
    unit: 'x',
    spread: ratio,
    limit: MOST_RATIO,
    parts,
  }
  return { figures: [figure as Figure], skipped: [] }
}

const allTroubled = async (bytes: number, journal: string, rounds: number): Promise<Report> => {
  const { subjectMs, baselineMs, ratio } = await interleave({
    subject: explainOnce(journalOf(bytes, 100)),
    baseline: explainOnce(journal),
    rounds,
  })
  const parts = { 'every line': subjectMs, [`${TROUBLE_PERCENT} % of lines`]: baselineMs }
  const name = `explain of ${bytes / 1e6} MB with every line matching / with ${TROUBLE_PERCENT} %`
  return { figures: [{ name, unit: 'x', spread: ratio, limit: MOST_FOR_TROUBLE, parts }], skipped: [] }
}

/** `runtree explain` on a journal against `rg` with the same patterns: time as a ratio, memory, and what lines that all match cost. */
export const explainJournal: Benchmark = {
  rounds: 5,
  shortRounds: 1,
  run: async (rounds, form) => {
    const bytes = form === 'short' ? SHORT_BYTES : BYTES
    const journal = journalOf(bytes, TROUBLE_PERCENT)
    const count = writePatterns()
    const name = `explain of ${bytes / 1e6} MB, ${TROUBLE_PERCENT} % of lines match, ${count} patterns`
    const parts = [memory(name, journal), await againstRg(name, journal, rounds)]
    // What a start costs would hide the difference in a short journal.
    if (form !== 'short') parts.push(await allTroubled(bytes, journal, rounds))
    return { figures: parts.flatMap(part => part.figures), skipped: parts.flatMap(part => part.skipped) }
  },
}
