import { wordPresence } from './report-impact.ts'
import type { Report } from './types.ts'
import { wordChange } from './word-change.ts'
import { wordBetween, wordInstant } from './word-times.ts'

/** A report as a short message for a chat: what is wrong, what shows it, what was changed, what comes next. */
export const presentReportText = (report: Report): string => {
  const { runbook, session, startedAt, endedAt, status } = report
  const found = report.causes
    .slice(0, 3)
    .flatMap(cause => [
      `${cause.title} (${cause.layer}), ${wordPresence(cause)}`,
      ...cause.evidence.slice(0, 1).map(({ text }) => `  ${text.slice(0, 160)}`),
    ])
  return [
    `${runbook.title} on ${session.host}: ${status}`,
    `${wordInstant(startedAt)} UTC, ${wordBetween(startedAt, endedAt)}, session ${session.sessionId}`,
    ...(found.length === 0 ? ['No known cause showed.'] : found),
    ...report.changes
      .filter(({ savesFor }) => savesFor === undefined)
      .map(run => `${run.line} on ${run.host} (${run.outcome}). ${wordChange(run)}`),
    ...report.unknown.slice(0, 2).map(text => `not known: ${text}`),
    report.redaction.note,
    '',
  ].join('\n')
}
