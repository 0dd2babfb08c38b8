import type { Run, Session } from '../session/index.ts'
import { wasLeftOpen } from './sort-ways.ts'
import type { ReportRun, ReportStep } from './types.ts'

const notSeen = (runs: readonly ReportRun[]): readonly string[] =>
  runs
    .filter(({ exit }) => exit === undefined)
    .map(({ line, outcome }) => `What "${line}" would have shown: ${outcome}.`)

const notDecided = (path: readonly ReportStep[]): readonly string[] =>
  path.flatMap(({ title, ways }) =>
    ways
      .filter(wasLeftOpen)
      .map(({ label, because }) => `${title}: whether "${label}" applies (${because}).`),
  )

const endedWell = (outcome: Run['outcome']): boolean => outcome?.kind === 'exited' && outcome.code === 0

// What a change prints is not what it was run for, and that of a failure is a message.
const notUnderstood = ({ runs }: Session): readonly string[] =>
  [...runs.values()].flatMap(({ runId, line, effect, outcome, diagnostics }) =>
    (effect === 'read' && endedWell(outcome) ? diagnostics : [])
      .slice(0, 1)
      .map(({ message }) => `What "${line}" printed (${runId}), in part: ${message}`),
  )

/** What the session leaves open, in sentences, each once. */
export const reportUnknown = (
  session: Session,
  path: readonly ReportStep[],
  runs: readonly ReportRun[],
): readonly string[] => [...new Set([...notSeen(runs), ...notDecided(path), ...notUnderstood(session)])]
