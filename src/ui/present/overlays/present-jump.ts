import { clamp, windowTop } from '../../layout/window-rows.ts'
import { searchSteps } from '../../scene/step-search.ts'
import type { Moment } from '../../state/moment.ts'
import type { Overlay } from '../../state/overlay.ts'
import { glyphs } from '../../theme/glyphs.ts'
import { clipRow, spreadRow } from '../fit-row.ts'
import { fieldRow } from '../present-field.ts'
import type { OverlayRoom } from '../present-overlay.ts'
import { type Row, row, span } from '../span.ts'
import { formatCounted } from '../words.ts'

const mostRows = 14

type Jump = Extract<Overlay, { kind: 'jump' }>

/** The search for a step: the field, how many fit, and the best of them. */
export const presentJump = (
  { field, selected }: Jump,
  moment: Moment,
  { width, height }: OverlayRoom,
): readonly Row[] => {
  const { library } = moment.services.context
  const found = searchSteps(library, field.text, moment.scene?.ref.runbook)
  const listHeight = clamp(height - 2, 1, mostRows)
  const chosen = clamp(selected, 0, found.length - 1)
  const top = windowTop({ count: found.length, height: listHeight, selected: chosen })
  const hasSeveral = library.trees.size > 1
  const rows = found.slice(top, top + listHeight).map(({ name, where }, at): Row => {
    const isHere = top + at === chosen
    const left = [
      span(isHere ? `${glyphs.selected} ` : '  ', 'accent'),
      span(name, isHere ? 'selected' : 'plain'),
    ]
    const right = hasSeveral ? clipRow([span(where, 'dim')], Math.floor(width / 3)) : []
    return spreadRow({ left, right, width })
  })
  const said = found.length === 0 ? 'No step holds these words.' : formatCounted(found.length, 'step')
  const filler = Array.from({ length: Math.max(0, listHeight - rows.length) }, (): Row => [])
  return [fieldRow('/', field, width), row(said, 'dim'), ...rows, ...filler]
}
