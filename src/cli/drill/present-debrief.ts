import type { Debrief, DrillEntry } from '../../drill/index.ts'

const MINUTE_MS = 60_000

const presentStep = (entry: DrillEntry): readonly string[] => {
  switch (entry.type) {
    case 'line-run':
      return [
        `  ${entry.effect === 'read' ? ' ' : '!'} ${entry.line}${entry.shows.length > 0 ? `   shows ${entry.shows.join(', ')}` : ''}`,
      ]
    case 'cause-named':
      return [`  ? named ${entry.cause}${entry.isRight ? '' : ' (wrong)'}`]
    case 'hint-taken':
      return [`  ? took hint ${entry.number}`]
    case 'fault-injected':
      return [`  + a further fault: ${entry.name}`]
    case 'finished':
      return []
  }
}

/** A debrief as text: the score with its parts, both paths, and what was missed. */
export const presentDebrief = ({
  score,
  path,
  shortPath,
  missedEvidence,
  causes,
}: Debrief): readonly string[] => [
  `Score ${score.points} of 100, ${(score.tookMs / MINUTE_MS).toFixed(1)} minutes`,
  ...score.parts.map(
    part =>
      `  ${part.name.padEnd(7)} ${String(part.points).padStart(3)}${part.of > 0 ? ` of ${part.of}` : '      '}  ${part.because}`,
  ),
  '',
  `The cause: ${causes.join(' or ')}`,
  '',
  'Your path (! changes something):',
  ...path.flatMap(presentStep),
  '',
  'The short path (✓ you ran it too):',
  ...shortPath.map(
    step =>
      `  ${step.wasRun ? '✓' : ' '} ${step.line}${step.shows.length > 0 ? `   shows ${step.shows.join(', ')}` : ''}`,
  ),
  ...(missedEvidence.length === 0
    ? []
    : ['', 'What would have shown it:', ...missedEvidence.map(line => `    ${line}`)]),
]
