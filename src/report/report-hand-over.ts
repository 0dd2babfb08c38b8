import {
  findStep,
  judgementOf,
  type Library,
  type Session,
  type SessionHeader,
  stepKey,
} from '../session/index.ts'
import { wordPresence } from './report-impact.ts'
import type { ReportCause, ReportRun } from './types.ts'
import { wordChange } from './word-change.ts'

/** What a hand-over is made of. */
export type HandOverSource = {
  readonly header: SessionHeader
  readonly session: Session
  readonly library: Library
  readonly causes: readonly ReportCause[]
  readonly changes: readonly ReportRun[]
  readonly unknown: readonly string[]
}

const MOST_CAUSES = 3

const whereItStands = ({ session, library }: HandOverSource): readonly string[] => {
  const { current } = session
  if (current === undefined) return []
  const step = findStep(library, current)
  const recommended = judgementOf(session)?.recommended
  const way = recommended === undefined ? undefined : step?.branches[recommended]
  const stands = `It stands at "${step?.title ?? current.step}" (${stepKey(current)})`
  return [
    way === undefined
      ? `${stands}; the outputs recommend no way on.`
      : `${stands}; the outputs recommend: ${way.label || way.when || 'otherwise'}.`,
  ]
}

/** Steps of a runbook that was walked where there are such: who takes over is there already. */
const nextSteps = ({ next, goneSince }: ReportCause, { session }: HandOverSource): readonly string[] => {
  if (goneSince !== undefined) return []
  const walked = new Set(session.path.map(({ runbook }) => runbook))
  const near = next.filter(step => walked.has(step.split('#')[0] ?? ''))
  return (near.length > 0 ? near : next).slice(0, 2)
}

const causeSentence = (cause: ReportCause, source: HandOverSource): string => {
  const steps = nextSteps(cause, source)
  const next = steps.length === 0 ? '' : ` It goes on at ${steps.join(' or ')}.`
  return `${cause.title} (${cause.layer}), ${wordPresence(cause)}. ${cause.meaning}${next}`
}

// What was done last is undone first.
const changeSentences = (changes: readonly ReportRun[]): readonly string[] =>
  changes
    .toReversed()
    .map(run => `${run.id} on ${run.host}: ${run.line} (${run.outcome}). ${wordChange(run)}`)

/** What the next person needs who takes over: what is wrong, where it stands, what was changed (the last first), how to go on. */
export const reportHandOver = (source: HandOverSource): readonly string[] => {
  const { header, causes, changes, unknown } = source
  const { sessionId, target, host } = header
  return [
    ...causes.slice(0, MOST_CAUSES).map(cause => causeSentence(cause, source)),
    ...whereItStands(source),
    ...changeSentences(changes),
    ...(unknown.length === 0 ? [] : [`Still unknown: ${unknown.length}, listed above.`]),
    `Looked at from ${host}, target ${target}. "runtree resume ${sessionId}" goes on with it; "runtree report ${sessionId} --format html --output FILE" makes a page to attach.`,
  ]
}
