import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadKnowledge } from '../src/cli/load-knowledge.ts'
import { generateJournal } from './generate-journal.ts'
import { interleave, presentSpread } from './interleave.ts'
import { rgPatternOf } from './rg-patterns.ts'
import { hasProgram, peakMegabytes, runProcess } from './run-process.ts'

const BYTES = 100e6
const TROUBLE_PERCENT = 5
const ROUNDS = 7
const MOST_RATIO = 4
const MOST_MEGABYTES = 250

const program = fileURLToPath(new URL('../dist/runtree.js', import.meta.url))
const journal = join(tmpdir(), 'runtree-bench-journal-100mb.log')
const patterns = join(tmpdir(), 'runtree-bench-patterns.txt')

const explain = [process.execPath, program, 'explain', '--command', 'journalctl', '--json', journal]
const rg = ['rg', '-c', '-f', patterns, journal]

const writePatterns = (): number => {
  const sources = loadKnowledge().patterns.map(rule => rgPatternOf(rule.pattern.pattern))
  writeFileSync(patterns, `${sources.join('\n')}\n`)
  return sources.length
}

const verdict = (isGood: boolean): string => (isGood ? 'ok' : 'TOO MUCH')

/** `runtree explain` on 100 MB of journal against `rg -c -f` with the same patterns: time as a ratio, and memory. */
export const benchExplainJournal = (): void => {
  generateJournal(journal, { bytes: BYTES, troublePercent: TROUBLE_PERCENT, seed: 1 })
  const count = writePatterns()
  console.log(`explain, ${BYTES / 1e6} MB of journal, ${TROUBLE_PERCENT} % of lines match, ${count} patterns`)
  const megabytes = peakMegabytes(explain)
  if (megabytes === undefined) console.log('  SKIP memory: /usr/bin/time is missing')
  else
    console.log(
      `  memory at most   ${megabytes.toFixed(0)} MB (bound ${MOST_MEGABYTES}) ${verdict(megabytes < MOST_MEGABYTES)}`,
    )
  if (!hasProgram('rg')) {
    console.log('  SKIP ratio: ripgrep (rg) is missing, so there is nothing to compare with')
    return
  }
  console.log(`  lines found by rg ${runProcess(rg).stdout.trim()}`)
  const { subjectMs, baselineMs, ratio } = interleave({
    subject: { name: 'runtree explain', run: () => runProcess(explain).ms },
    baseline: { name: 'rg -c -f', run: () => runProcess(rg).ms },
    rounds: ROUNDS,
  })
  console.log(`  runtree explain  ${presentSpread(subjectMs, 0)} ms`)
  console.log(`  rg -c -f         ${presentSpread(baselineMs, 0)} ms`)
  console.log(
    `  ratio            ${presentSpread(ratio)} (bound ${MOST_RATIO}) ${verdict(ratio.median <= MOST_RATIO)}`,
  )
}
