import { curedCauses } from './cured-causes.ts'
import type { Run } from './run.ts'
import type { Library, Session } from './types.ts'

type Finding = Run['findings'][number]

/** Lines that say when something happened, as those of logs do. */
const dated = /\d\d:\d\d:\d\d/

const linesOf = ({ evidence }: Finding): readonly string[] => evidence.map(({ text }) => text.trim())

/** A finding whose every sign is at hand, and is a line of a log that was seen before. */
const isOld = (finding: Finding, seen: ReadonlySet<string>): boolean =>
  finding.count <= finding.evidence.length &&
  finding.evidence.length > 0 &&
  linesOf(finding).every(line => dated.test(line) && seen.has(line))

/**
 * What an output shows beyond what is known to be over: a log goes on telling of a cause that is gone by now, in the lines that told of
 * it before. A line that was not seen yet counts.
 */
export const withoutSettled = (
  session: Session,
  library: Library,
  findings: readonly Finding[],
): readonly Finding[] => {
  if (findings.length === 0) return findings
  const gone = curedCauses(session, library)
  if (gone.size === 0) return findings
  const earlier = [...session.runs.values()].flatMap(run => run.findings)
  return findings.filter(finding => {
    if (!gone.has(finding.cause)) return true
    const seen = new Set(earlier.filter(({ cause }) => cause === finding.cause).flatMap(linesOf))
    return !isOld(finding, seen)
  })
}
