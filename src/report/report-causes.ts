import { foundCauses, type Run, type Session } from '../session/index.ts'
import { plainText } from './plain-text.ts'
import { hostOf } from './report-runs.ts'
import type { ReportCause, ReportEvidence, Sighting } from './types.ts'

const MOST_EVIDENCE = 5

type Finding = Run['findings'][number]

const shows = (run: Run, cause: string): boolean => run.findings.some(finding => finding.cause === cause)

const piecesOf = (run: Run, cause: string): readonly ReportEvidence[] =>
  run.findings
    .filter(finding => finding.cause === cause)
    .flatMap(finding =>
      finding.evidence.map(({ text, line }) => ({ text: plainText(text.trim()), run: run.runId, line })),
    )

/** The first piece of each run, then the second of each: several outputs say more than one that repeats itself. */
const evidenceIn = (runs: readonly Run[], cause: string): readonly ReportEvidence[] => {
  const pieces = runs.map(run => piecesOf(run, cause))
  const rounds = Array.from({ length: MOST_EVIDENCE }, (_, round) =>
    pieces.flatMap(own => own.slice(round, round + 1)),
  )
  return rounds.flat().slice(0, MOST_EVIDENCE)
}

const sightingOf = (run: Run | undefined): Sighting | undefined =>
  run?.finishedAt === undefined ? undefined : { run: run.runId, at: run.finishedAt }

// Only a command that could show the cause, and could run, tells that it is gone.
const firstWithout = (session: Session, showing: readonly Run[]): Run | undefined => {
  const runs = [...session.runs.values()]
  const last = showing.at(-1)
  const able = new Set(showing.map(run => `${hostOf(run, session)}\n${run.line}`))
  return runs
    .slice(last === undefined ? 0 : runs.indexOf(last) + 1)
    .find(run => run.outcome?.kind === 'exited' && able.has(`${hostOf(run, session)}\n${run.line}`))
}

const toCause = (session: Session, finding: Finding): ReportCause => {
  const { cause, title, layer, severity, meaning, consequenceOf, next } = finding
  const showing = [...session.runs.values()].filter(run => shows(run, cause))
  return {
    id: cause,
    title,
    layer,
    severity,
    meaning,
    consequenceOf,
    evidence: evidenceIn(showing, cause),
    hosts: [...new Set(showing.map(run => hostOf(run, session)))],
    firstSeen: sightingOf(showing[0]),
    lastSeen: sightingOf(showing.at(-1)),
    goneSince: sightingOf(firstWithout(session, showing)),
    next: next.map(({ runbook, step }) => `${runbook}#${step}`),
  }
}

/** What was found, the cause to act on first, with its evidence from every run that showed it. */
export const reportCauses = (session: Session): readonly ReportCause[] =>
  foundCauses(session).map(finding => toCause(session, finding))
