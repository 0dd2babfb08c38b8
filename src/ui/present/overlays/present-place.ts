import { clamp, windowTop } from '../../layout/window-rows.ts'
import { placeForms, placeOptions } from '../../scene/place-options.ts'
import type { Moment } from '../../state/moment.ts'
import type { Overlay } from '../../state/overlay.ts'
import { glyphs } from '../../theme/glyphs.ts'
import { clipRow, spreadRow } from '../fit-row.ts'
import { fieldRow } from '../present-field.ts'
import type { OverlayRoom } from '../present-overlay.ts'
import { type Row, span } from '../span.ts'
import { wrapText } from '../wrap-row.ts'

type Asking = Extract<Overlay, { kind: 'place' }>

const mostRows = 8

/** On a lower screen only what can be typed is said above the choice. */
const lowest = 10

const aboutRows = (place: string, { width, height }: OverlayRoom): readonly Row[] =>
  height < lowest
    ? wrapText(placeForms(place), width, 'dim')
    : [
        ...wrapText(
          `The command is meant for ${place}. Say once where that is. ${placeForms(place)}`,
          width,
          'dim',
        ),
        [],
      ]

/** The question where a place is: what can be chosen, and a field for anything else. */
export const presentPlace = (asking: Asking, moment: Moment, size: OverlayRoom): readonly Row[] => {
  const { width, height } = size
  const { place, field, selected } = asking
  const options = placeOptions(asking, moment)
  const about = aboutRows(place, size)
  const room = Math.max(1, Math.min(mostRows, height - about.length - 2))
  const chosen = clamp(selected, 0, Math.max(0, options.length - 1))
  const top = windowTop({ count: options.length, height: room, selected: chosen })
  const rows = options.slice(top, top + room).map(({ label, note, machine }, at): Row => {
    const isHere = top + at === chosen
    const left = [
      span(isHere ? `${glyphs.selected} ` : '  ', 'accent'),
      span(label, isHere ? 'selected' : 'plain'),
    ]
    const target = machine === undefined || machine.target === label ? '' : machine.target
    const right = [note, target].filter(text => text !== '').join(` ${glyphs.separator} `)
    return spreadRow({ left, right: clipRow([span(right, 'dim')], Math.floor(width / 2)), width })
  })
  return [...about, ...rows, [], fieldRow(glyphs.selected, field, width)]
}
