import { clamp, windowTop } from '../../layout/window-rows.ts'
import { targetOptions } from '../../scene/target-options.ts'
import type { Moment } from '../../state/moment.ts'
import type { Overlay } from '../../state/overlay.ts'
import { glyphs } from '../../theme/glyphs.ts'
import { clipRow, spreadRow } from '../fit-row.ts'
import { fieldRow } from '../present-field.ts'
import type { OverlayRoom } from '../present-overlay.ts'
import { type Row, span } from '../span.ts'
import { wrapText } from '../wrap-row.ts'

const mostRows = 14

type Choosing = Extract<Overlay, { kind: 'targets' }>

/** The targets to choose from, the one that counts marked, and a field that filters them or takes another. */
export const presentTargets = (
  { field, selected }: Choosing,
  moment: Moment,
  { width, height }: OverlayRoom,
): readonly Row[] => {
  const options = targetOptions(field.text, moment)
  const said = wrapText(
    options.length === 0
      ? 'No target holds this. Write ssh:[user@]host[:port] for another machine.'
      : 'Commands of the next session run there. Nothing is connected before.',
    width,
    'dim',
  )
  const listHeight = clamp(height - 1 - said.length, 1, mostRows)
  const chosen = clamp(selected, 0, Math.max(0, options.length - 1))
  const top = windowTop({ count: options.length, height: listHeight, selected: chosen })
  const rows = options.slice(top, top + listHeight).map(({ name, about }, at): Row => {
    const isHere = top + at === chosen
    const isNow = name === moment.services.target.name
    const left = [
      span(isHere ? `${glyphs.selected} ` : '  ', 'accent'),
      span(name, isHere ? 'selected' : 'plain'),
    ]
    const right = span(isNow ? `${glyphs.here} now` : about, isNow ? 'good' : 'dim')
    return spreadRow({ left, right: clipRow([right], Math.floor(width / 2)), width })
  })
  return [fieldRow(glyphs.selected, field, width), ...said, ...rows]
}
