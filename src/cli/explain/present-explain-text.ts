import { formatCounted } from '../../base/index.ts'
import { longLinesText } from '../../diagnosis/index.ts'
import type { Examined } from './examine-inputs.ts'
import { type PlacedFinding, placeFindings } from './place-findings.ts'
import { presentFinding } from './present-finding.ts'
import type { TextStyle } from './text-style.ts'

const scopeOf = ({ outputs, lines }: Examined): string => {
  const [only] = outputs
  const kind = only?.command === '' ? only.parser : only?.command
  if (outputs.length > 1) return `${formatCounted(outputs.length, 'output')}, ${formatCounted(lines, 'line')}`
  return kind === undefined ? formatCounted(lines, 'line') : `${formatCounted(lines, 'line')} of ${kind}`
}

const presentHints = (hints: readonly PlacedFinding[], style: TextStyle): readonly string[] => {
  const names = hints.map(hint => hint.cause).join(', ')
  return hints.length === 0 ? [] : [style.faint(`No reason to act, but seen too: ${names}`)]
}

const presentCalm = (guesses: readonly PlacedFinding[], scope: string, style: TextStyle): string =>
  guesses.length === 0
    ? `Nothing is wrong in ${scope}.`
    : [
        `No rule finds anything wrong in ${scope}. Not certain, but it may be about:`,
        ...guesses.map(guess => presentFinding(guess, style)),
      ].join('\n\n')

/** What `explain` prints for people: the findings, the first to act on first, or one calm line and what may be guessed. */
export const presentExplainText = (examined: Examined, style: TextStyle): string => {
  const findings = placeFindings(examined)
  const problems = findings.filter(finding => finding.severity !== 'info')
  const inPart = examined.longLines === 0 ? [] : [style.faint(longLinesText(examined.longLines))]
  if (problems.length === 0) {
    const guesses = findings.filter(finding => finding.isGuess)
    return [presentCalm(guesses, scopeOf(examined), style), ...inPart].join('\n')
  }
  const hints = findings.filter(finding => finding.severity === 'info')
  return [
    `${formatCounted(problems.length, 'problem')} in ${scopeOf(examined)}${problems.length > 1 ? '; start with the first' : ''}`,
    ...problems.map(finding => presentFinding(finding, style)),
    ...presentHints(hints, style),
    ...inPart,
  ].join('\n\n')
}
