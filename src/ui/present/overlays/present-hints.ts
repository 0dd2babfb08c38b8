import { formatCounted } from '../../../base/index.ts'
import { keyOf } from '../../keys/key-of.ts'
import type { Moment } from '../../state/moment.ts'
import type { Row } from '../span.ts'
import { row } from '../span.ts'
import { wrapRow, wrapText } from '../wrap-row.ts'

/** The hints that were taken, and what the next one costs. */
export const presentHints = ({ drill, services }: Moment, width: number): readonly Row[] => {
  if (drill === undefined) return []
  const { hints, hintsLeft, hintCosts } = drill.progress
  const taken = hints.flatMap((hint, at) => [
    ...wrapRow(row(`${at + 1}  ${hint}`), { width, hang: '   ' }),
    [],
  ])
  const next =
    hintsLeft === 0
      ? 'That was the last one.'
      : `${formatCounted(hintsLeft, 'hint')} left. ${keyOf(services, 'hint-take')} takes the next, for ${formatCounted(hintCosts, 'point')}.`
  return [...taken, ...wrapText(next, width, 'dim')]
}
