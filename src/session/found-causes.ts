import type { Finding, Severity } from '../diagnosis/index.ts'
import type { Session } from './types.ts'

const bySeverity: readonly Severity[] = ['error', 'warning', 'info']

const compareFindings = (one: Finding, other: Finding): number =>
  Number(one.consequenceOf !== undefined) - Number(other.consequenceOf !== undefined) ||
  bySeverity.indexOf(one.severity) - bySeverity.indexOf(other.severity)

/** Tells whether a finding makes a machine unhealthy: a warning or worse. */
export const isTrouble = ({ severity }: Finding): boolean => severity !== 'info'

const mostTelling = (findings: readonly Finding[]): readonly Finding[] => {
  const ranked = findings.toSorted(compareFindings)
  return [...Map.groupBy(ranked, ({ cause }) => cause).values()].flatMap(group => group.slice(0, 1))
}

// One output may show the cause and another what follows from it. A hint of a cause does not explain an error.
const explanationOf = (finding: Finding, all: readonly Finding[]): string | undefined =>
  finding.consequenceOf ??
  all.find(
    other =>
      other.cause !== finding.cause &&
      other.explains?.includes(finding.cause) &&
      bySeverity.indexOf(other.severity) <= bySeverity.indexOf(finding.severity),
  )?.cause

/**
 * What the whole session found, warnings and errors only, each cause once in its most telling form: causes before
 * consequences, errors before warnings, then as they were found. The first is the one to act on.
 */
export const foundCauses = (session: Session): readonly Finding[] => {
  const found = mostTelling([...session.runs.values()].flatMap(({ findings }) => findings).filter(isTrouble))
  return found
    .map(finding => ({ ...finding, consequenceOf: explanationOf(finding, found) }))
    .toSorted(compareFindings)
}
