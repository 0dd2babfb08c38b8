import { formatCounted } from '../base/index.ts'
import type { ReportRun } from './types.ts'
import { wordSpan } from './word-times.ts'

/** What is told of a run beside its command: what it does, how it ended, how long it took. */
export const wordRun = ({
  effect,
  origin,
  savesFor,
  outcome,
  seconds,
  isOutputKept,
  lines,
}: ReportRun): string =>
  [
    savesFor === undefined ? effect : `saves for ${savesFor}`,
    ...(origin === 'typed' ? ['typed'] : []),
    outcome,
    ...(seconds === undefined ? [] : [wordSpan(seconds)]),
    ...(isOutputKept ? [] : [`${formatCounted(lines, 'line')} no longer kept`]),
  ].join(', ')
