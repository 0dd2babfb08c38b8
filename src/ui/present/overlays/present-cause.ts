import { formatCounted } from '../../../base/index.ts'
import { clamp, windowTop } from '../../layout/window-rows.ts'
import { causeOptions } from '../../scene/cause-options.ts'
import type { Moment } from '../../state/moment.ts'
import type { Overlay } from '../../state/overlay.ts'
import { glyphs } from '../../theme/glyphs.ts'
import { clipRow, spreadRow } from '../fit-row.ts'
import { fieldRow } from '../present-field.ts'
import type { OverlayRoom } from '../present-overlay.ts'
import { type Row, row, span } from '../span.ts'

const mostRows = 14

type Naming = Extract<Overlay, { kind: 'cause' }>

const namedRows = ({ drill }: Moment): readonly Row[] => {
  const named = drill?.progress.named ?? []
  const text = named.map(({ cause, isRight }) => `${isRight ? glyphs.good : glyphs.bad} ${cause}`).join('   ')
  return named.length === 0 ? [] : [[span('named so far  ', 'dim'), span(text)]]
}

/** The question what the cause is: a field, and the causes that hold what is typed. */
export const presentCause = (
  { field, selected }: Naming,
  moment: Moment,
  { width, height }: OverlayRoom,
): readonly Row[] => {
  const options = causeOptions(field.text, moment)
  const named = namedRows(moment)
  const listHeight = clamp(height - 2 - named.length, 1, mostRows)
  const chosen = clamp(selected, 0, options.length - 1)
  const top = windowTop({ count: options.length, height: listHeight, selected: chosen })
  const rows = options.slice(top, top + listHeight).map(({ id, title, layer, wasFound }, at): Row => {
    const isHere = top + at === chosen
    const left = [
      span(isHere ? `${glyphs.selected} ` : '  ', 'accent'),
      span(id, isHere ? 'selected' : 'plain'),
      span(`  ${title}`, 'dim'),
    ]
    const right = clipRow([span(wasFound ? `${glyphs.look} seen` : layer, 'dim')], Math.floor(width / 4))
    return spreadRow({ left, right, width })
  })
  const said = options.length === 0 ? 'No cause holds these words.' : formatCounted(options.length, 'cause')
  const filler = Array.from({ length: Math.max(0, listHeight - rows.length) }, (): Row => [])
  return [fieldRow(glyphs.selected, field, width), row(said, 'dim'), ...named, ...rows, ...filler]
}
