import { type PaletteEntry, paletteEntries } from '../../keys/palette-entries.ts'
import { clamp, windowTop } from '../../layout/window-rows.ts'
import type { Moment } from '../../state/moment.ts'
import type { Overlay } from '../../state/overlay.ts'
import { glyphs } from '../../theme/glyphs.ts'
import { cellWidth } from '../cells.ts'
import { clipRow, fitRow, spreadRow } from '../fit-row.ts'
import { fieldRow } from '../present-field.ts'
import type { OverlayRoom } from '../present-overlay.ts'
import { type Row, row, span } from '../span.ts'
import { wrapText } from '../wrap-row.ts'

type Palette = Extract<Overlay, { kind: 'palette' }>

/** Keys stand in a column of this width; what does not fit is cut. */
const widestKeys = 16

/** The reason why an action cannot be done is worth more than the end of what it would do. */
const entryRow = (entry: PaletteEntry, isChosen: boolean, { width }: OverlayRoom): Row => {
  const { keys, text, reason } = entry
  const column = width < 60 ? Math.min(9, widestKeys) : widestKeys
  const tone = isChosen ? 'selected' : reason === undefined ? 'plain' : 'dim'
  const left = [
    span(isChosen ? `${glyphs.selected} ` : '  ', 'accent'),
    ...fitRow([span(keys, reason === undefined ? 'accent' : 'dim')], column),
    span(' '),
    span(text, tone),
  ]
  if (reason === undefined) return fitRow(left, width)
  const room = Math.max(0, width - column - 4 - Math.min(cellWidth(text), 20))
  return spreadRow({ left, right: clipRow([span(reason, 'dim')], room), width })
}

/** Rows at the bottom that say the chosen action, or why it cannot be done, in full. */
const aboutRows = 2

const wholeText = (entry: PaletteEntry | undefined, width: number): readonly Row[] => {
  const { text = '', reason } = entry ?? {}
  const said = reason === undefined ? text : `${reason} ${text}`
  const rows = wrapText(said, width, reason === undefined ? 'dim' : 'warn')
  return Array.from({ length: aboutRows }, (_, at): Row => rows[at] ?? [])
}

/** Every action that fits what is typed: its key and what it does, or why it cannot be done now. */
export const presentPalette = (
  { field, selected }: Palette,
  moment: Moment,
  { width, height }: OverlayRoom,
): readonly Row[] => {
  const entries = paletteEntries(moment, field.text)
  const room = Math.max(1, height - 2 - aboutRows)
  const chosen = clamp(selected, 0, entries.length - 1)
  const top = windowTop({ count: entries.length, height: room, selected: chosen })
  const usable = entries.filter(({ reason }) => reason === undefined).length
  const said =
    entries.length === 0 ? 'No action holds these words.' : `${usable} of ${entries.length} can be done now`
  const rows = entries
    .slice(top, top + room)
    .map((entry, at) => entryRow(entry, top + at === chosen, { width, height }))
  const filler = Array.from({ length: Math.max(0, room - rows.length) }, (): Row => [])
  const about = wholeText(entries[chosen], width)
  return [fieldRow(':', field, width), row(said, 'dim'), ...rows, ...filler, ...about]
}
