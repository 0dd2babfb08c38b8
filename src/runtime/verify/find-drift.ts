import type { CapturedOutput } from '../../base/index.ts'
import type { Finding } from '../../diagnosis/index.ts'
import { analyseOutput, type Run } from '../../session/index.ts'
import { newestLines, withLinesMade } from '../newest-lines.ts'
import { differences } from './differences.ts'
import type { Remark, Today } from './types.ts'

/** As a journal would keep it: what JSON has no word for is left out there too. */
const asKept = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

const show = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value))

const signsOf = (finding: Finding | undefined): string | undefined =>
  finding && `${finding.severity}, line ${finding.evidence.map(({ line }) => line).join(', ') || 'none'}`

const wordFinding = (cause: string, before: string | undefined, after: string | undefined): string => {
  if (before === undefined) return `${cause} is found today (${after}), and was not.`
  if (after === undefined) return `${cause} was found (${before}), and is not today.`
  return `${cause} was found with ${before}; today with ${after}.`
}

const findingDrift = (before: readonly Finding[], after: readonly Finding[]): readonly string[] => {
  const causes = new Set([...before, ...after].map(({ cause }) => cause))
  return [...causes].flatMap(cause => {
    const [was, is] = [before, after].map(all => signsOf(all.find(one => one.cause === cause)))
    return was === is ? [] : [wordFinding(cause, was, is)]
  })
}

/** Derives facts and findings of a run anew, and says line by line where they are not what the journal holds. */
export const findDrift = (today: Today, run: Run, output: CapturedOutput): readonly Remark[] => {
  const { line: command, outcome, runId, finishedAt: at } = run
  if (outcome === undefined) return []
  const kept = withLinesMade(newestLines(output))
  const { facts, findings } = analyseOutput(today, { command, outcome, output: kept, at })
  const texts = [
    ...differences(run.facts, asKept(facts)).map(
      ({ path, before, after }) => `${path} was ${show(before)}; today it is ${show(after)}.`,
    ),
    ...findingDrift(run.findings, findings),
  ]
  return texts.map(text => ({ kind: 'drift', runId, text }))
}
