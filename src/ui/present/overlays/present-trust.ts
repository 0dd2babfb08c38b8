import { formatCounted } from '../../../base/index.ts'
import type { Moment } from '../../state/moment.ts'
import type { Overlay } from '../../state/overlay.ts'
import { glyphs } from '../../theme/glyphs.ts'
import { fieldRow } from '../present-field.ts'
import { type Row, span } from '../span.ts'
import { wrapRow, wrapText } from '../wrap-row.ts'

type Trust = Extract<Overlay, { kind: 'trust' }>

/** What is asked once of a runbook from outside before its first command runs: where it comes from, and how much it would run. */
export const presentTrust = (
  { runbook, field }: Trust,
  { services }: Moment,
  width: number,
): readonly Row[] => {
  const { trees, outside } = services.context.library
  const commands = trees.get(runbook)?.steps.flatMap(step => step.commands).length ?? 0
  return [
    ...wrapText("Not one of runtree's own, but from", width),
    ...wrapRow([span(outside?.get(runbook) ?? '?', 'strong')], { width, hang: '' }),
    ...wrapText(
      `It holds ${formatCounted(commands, 'command')}; changes are still asked for one by one.`,
      width,
    ),
    [],
    ...wrapText('Type yes and Enter to let its commands run. Esc leaves it.', width, 'dim'),
    fieldRow(glyphs.selected, field, width),
  ]
}
