import { formatCounted } from '../../../base/index.ts'
import { clamp, windowTop } from '../../layout/window-rows.ts'
import { type JournalRow, journalRows } from '../../scene/journal-rows.ts'
import type { Moment } from '../../state/moment.ts'
import type { Overlay } from '../../state/overlay.ts'
import { glyphs } from '../../theme/glyphs.ts'
import { clipRow, spreadRow } from '../fit-row.ts'
import { oneLine } from '../one-line.ts'
import type { OverlayRoom } from '../present-overlay.ts'
import { type Row, row, span } from '../span.ts'
import { wrapText } from '../wrap-row.ts'

type Journal = Extract<Overlay, { kind: 'journal' }>

const narrow = 60

const eventRow = ({ at, word, text, remark }: JournalRow, isChosen: boolean, width: number): Row => {
  const clock = width < narrow ? at.slice(11, 16) : at.slice(11, 19)
  const left = [
    span(isChosen ? `${glyphs.selected} ` : '  ', 'accent'),
    span(`${clock} `, 'dim'),
    span(`${word.sign} `, word.tone),
    span(oneLine(text), isChosen ? 'selected' : 'plain'),
  ]
  const room = width < narrow ? Math.floor(width / 3) : Math.floor(width / 2)
  return spreadRow({ left, right: clipRow([span(oneLine(remark), 'dim')], room), width })
}

/** What happened in the session, oldest first: steps, ways taken, commands with their ends, findings, approvals, notes. */
export const presentJournal = (
  { selected }: Journal,
  moment: Moment,
  { width, height }: OverlayRoom,
): readonly Row[] => {
  const rows = journalRows(moment)
  if (rows.length === 0) return wrapText('Nothing has happened yet.', width, 'dim')
  const chosen = clamp(selected, 0, rows.length - 1)
  const room = Math.max(1, height - 1)
  const top = windowTop({ count: rows.length, height: room, selected: chosen })
  const notes = moment.snapshot?.session.notes.length ?? 0
  const day = rows[chosen]?.at.slice(0, 10) ?? ''
  const head = row(
    `${day} UTC ${glyphs.separator} ${formatCounted(rows.length, 'entry', 'entries')} ${glyphs.separator} ${formatCounted(notes, 'note')}`,
    'dim',
  )
  return [
    clipRow(head, width),
    ...rows.slice(top, top + room).map((each, at) => eventRow(each, top + at === chosen, width)),
  ]
}
