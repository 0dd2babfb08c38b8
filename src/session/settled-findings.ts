import { curedCauses } from './cured-causes.ts'
import type { Run } from './run.ts'
import type { Library, Session } from './types.ts'

type Finding = Run['findings'][number]

/** Lines that say when something happened, as those of logs do. */
const dated = /\d\d:\d\d:\d\d/

const linesOf = ({ evidence }: Finding): readonly string[] => evidence.map(({ text }) => text.trim())

const isSame = (one: Finding, other: Finding): boolean =>
  one.count === other.count && linesOf(one).join('\n') === linesOf(other).join('\n')

/**
 * Whether all that shows a finding are lines of a log that earlier findings rest on. Of many signs only the first are at hand: they must
 * be as many and the same then.
 */
const isOld = (finding: Finding, earlier: readonly Finding[]): boolean => {
  const lines = linesOf(finding)
  if (lines.length === 0 || !lines.every(line => dated.test(line))) return false
  if (finding.count > lines.length) return earlier.some(other => isSame(finding, other))
  const seen = new Set(earlier.flatMap(linesOf))
  return lines.every(line => seen.has(line))
}

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
  const isSettled = (finding: Finding): boolean =>
    gone.has(finding.cause) &&
    isOld(
      finding,
      earlier.filter(({ cause }) => cause === finding.cause),
    )
  return findings.filter(finding => !isSettled(finding))
}
