import type { Finding, Severity } from '../diagnosis/index.ts'
import type { Session } from './types.ts'

const bySeverity: readonly Severity[] = ['error', 'warning', 'info']

const compareFindings = (one: Finding, other: Finding): number =>
  Number(one.consequenceOf !== undefined) - Number(other.consequenceOf !== undefined) ||
  bySeverity.indexOf(one.severity) - bySeverity.indexOf(other.severity)

/** Tells whether a finding makes a machine unhealthy: a warning or worse. */
export const isTrouble = ({ severity }: Finding): boolean => severity !== 'info'

/**
 * What the whole session found, warnings and errors only, each cause once in its most telling form: causes before
 * consequences, errors before warnings, then as they were found. The first is the one to act on.
 */
export const foundCauses = (session: Session): readonly Finding[] => {
  const ranked = [...session.runs.values()]
    .flatMap(({ findings }) => findings)
    .filter(isTrouble)
    .sort(compareFindings)
  return [...Map.groupBy(ranked, ({ cause }) => cause).values()].flatMap(group => group.slice(0, 1))
}
