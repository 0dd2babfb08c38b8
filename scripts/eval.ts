import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { createExaminer } from '../src/cli/explain/create-examiner.ts'
import { loadKnowledge } from '../src/cli/load-knowledge.ts'
import type { Finding, Knowledge } from '../src/diagnosis/index.ts'

/** A labelled case: what a command printed, and the causes that a careful reader names, the first to act on first. */
type Case = {
  readonly id: string
  readonly command: string
  readonly causes: readonly string[]
  readonly healthy: boolean
  readonly origin: string
  readonly output: string
}

/** A case with what was said of it. */
type Result = {
  readonly of: Case
  readonly layer: string
  readonly said: readonly string[]
  readonly isPrimaryRight: boolean
  readonly isListedEarly: boolean
}

type Score = {
  readonly cases: number
  readonly primaryRight: number
  readonly listedInFirstThree: number
}

// A file holds one case or a list of them.
const readCases = (folder: string): readonly Case[] =>
  readdirSync(folder)
    .filter(name => /\.ya?ml$/.test(name))
    .sort()
    .flatMap(name => parse(readFileSync(join(folder, name), 'utf8')) as Case | readonly Case[])

// With --bare the command is kept back, as when somebody sends a file and says nothing.
const isBare = process.argv.includes('--bare')

// Hints are for reading, not for acting on: with --no-hints a cause that only a hint names counts as not said.
const isWithoutHints = process.argv.includes('--no-hints')

const findingsOf = (knowledge: Knowledge, { command, output }: Case): readonly Finding[] => {
  const examiner = createExaminer(knowledge)
  examiner.begin(isBare ? { kind: 'unknown' } : { kind: 'given', command })
  examiner.take(output.replace(/\n$/, '').split('\n'))
  examiner.end()
  return examiner.result().findings
}

const judge = (knowledge: Knowledge, of: Case): Result => {
  const findings = findingsOf(knowledge, of)
  const alarms = findings.filter(finding => finding.severity !== 'info').map(finding => finding.cause)
  const said = of.healthy || isWithoutHints ? alarms : findings.map(finding => finding.cause)
  const [primary = ''] = of.causes ?? []
  return {
    of,
    layer: knowledge.causes.get(primary)?.layer ?? (of.healthy ? 'healthy' : 'unknown'),
    said,
    isPrimaryRight: of.healthy ? said.length === 0 : said[0] === primary,
    isListedEarly: of.healthy ? said.length === 0 : said.slice(0, 3).some(cause => of.causes.includes(cause)),
  }
}

const scoreOf = (results: readonly Result[]): Score => ({
  cases: results.length,
  primaryRight: results.filter(result => result.isPrimaryRight).length,
  listedInFirstThree: results.filter(result => result.isListedEarly).length,
})

const scoresBy = (results: readonly Result[], keyOf: (result: Result) => string): Record<string, Score> =>
  Object.fromEntries([...Map.groupBy(results, keyOf)].map(([key, own]) => [key, scoreOf(own)]))

const percent = (part: number, whole: number): string =>
  `${part}/${whole} (${whole === 0 ? '-' : ((100 * part) / whole).toFixed(1)} %)`

const presentScores = (title: string, scores: Record<string, Score>): string =>
  [
    `${title.padEnd(16)}${'primary cause'.padEnd(20)}listed in first three`,
    ...Object.entries(scores).map(
      ([name, { cases, primaryRight, listedInFirstThree }]) =>
        `  ${name.padEnd(14)}${percent(primaryRight, cases).padEnd(20)}${percent(listedInFirstThree, cases)}`,
    ),
  ].join('\n')

const presentMiss = ({ of, said }: Result): string =>
  `  ${of.id}\n    wanted ${of.healthy ? 'nothing' : of.causes.join(', ')}\n    said   ${said.join(', ') || 'nothing'}`

const list = (title: string, results: readonly Result[]): readonly string[] =>
  results.length === 0 ? [] : [title, ...results.map(presentMiss)]

const summarise = (results: readonly Result[]) => {
  const healthy = results.filter(result => result.of.healthy)
  const faulty = results.filter(result => !result.of.healthy)
  const misses = (which: readonly Result[]) =>
    which
      .filter(result => !result.isPrimaryRight)
      .map(({ of, said }) => ({ id: of.id, wanted: of.causes, said }))
  return {
    faulty: scoreOf(faulty),
    healthyWithoutWarning: { cases: healthy.length, right: scoreOf(healthy).primaryRight },
    byLayer: scoresBy(faulty, result => result.layer),
    byOrigin: scoresBy(results, result => result.of.origin),
    misses: [...misses(faulty), ...misses(healthy)],
  }
}

const present = (results: readonly Result[]): string => {
  const summary = summarise(results)
  const faulty = results.filter(result => !result.of.healthy)
  const { faulty: score, healthyWithoutWarning: calm } = summary
  return [
    `Primary cause right     ${percent(score.primaryRight, score.cases)}`,
    `Listed in first three   ${percent(score.listedInFirstThree, score.cases)}`,
    `Healthy without warning ${percent(calm.right, calm.cases)}`,
    '',
    presentScores('By layer', summary.byLayer),
    '',
    presentScores('By origin', summary.byOrigin),
    '',
    ...list(
      'No listed cause in the first three',
      faulty.filter(result => !result.isListedEarly),
    ),
    ...list(
      'Another cause first',
      faulty.filter(result => result.isListedEarly && !result.isPrimaryRight),
    ),
    ...list(
      'False alarms',
      results.filter(result => result.of.healthy && !result.isPrimaryRight),
    ),
  ].join('\n')
}

const [folder] = process.argv.slice(2).filter(word => !word.startsWith('--'))
if (folder === undefined) {
  console.error(
    'Usage: npm run eval -- DIR [--bare] [--json]\nDIR holds labelled cases: id, command, causes, healthy, origin, output.',
  )
  process.exitCode = 2
} else {
  const knowledge = loadKnowledge()
  const results = readCases(folder).map(one => judge(knowledge, one))
  console.log(
    process.argv.includes('--json') ? JSON.stringify(summarise(results), undefined, 2) : present(results),
  )
}
