import { keyOf } from '../keys/key-of.ts'
import { helpEntries, type PaletteEntry } from '../keys/palette-entries.ts'
import { clamp } from '../layout/window-rows.ts'
import type { Moment } from '../state/moment.ts'
import type { Overlay } from '../state/overlay.ts'
import { glyphs } from '../theme/glyphs.ts'
import { cellWidth } from './cells.ts'
import { fitRow } from './fit-row.ts'
import { fieldRow } from './present-field.ts'
import type { OverlayRoom } from './present-overlay.ts'
import { type Row, row, span } from './span.ts'
import { wrapRow } from './wrap-row.ts'

type Help = Extract<Overlay, { kind: 'help' }>

/** The column of the keys: as wide as the longest of them, at most a third of all. */
const keysWidth = (entries: readonly PaletteEntry[], width: number): number =>
  Math.min(Math.floor(width / 3), Math.max(0, ...entries.map(({ keys }) => cellWidth(keys))))

type Place = { readonly width: number; readonly column: number; readonly isChosen: boolean }

/** The keys of a binding, what it does, and why it does nothing now; what does not fit goes on below. */
const entryRows = (
  { keys, text, reason }: PaletteEntry,
  { width, column, isChosen }: Place,
): readonly Row[] => {
  const tone = isChosen ? 'selected' : reason === undefined ? 'plain' : 'dim'
  const name = fitRow(
    [span(keys, reason === undefined ? 'accent' : 'dim')],
    Math.max(column, cellWidth(keys)),
  )
  const about = [span(text, tone), span(reason === undefined ? '' : ` (${reason})`, 'dim')]
  const sign = span(isChosen ? `${glyphs.selected} ` : '  ', 'accent')
  return wrapRow([sign, ...name, span('  '), ...about], { width, hang: ' '.repeat(column + 4) })
}

type Line = { readonly row: Row; readonly entry: number }

const linesOf = (entries: readonly PaletteEntry[], selected: number, width: number): readonly Line[] => {
  const column = keysWidth(entries, width)
  return entries.flatMap((entry, at): readonly Line[] => {
    const isFirst = entries[at - 1]?.tag !== entry.tag
    const title: readonly Row[] = isFirst ? [...(at > 0 ? [[]] : []), row(entry.tag, 'title')] : []
    const rows = entryRows(entry, { width, column, isChosen: at === selected })
    return [...title, ...rows].map(line => ({ row: line, entry: at }))
  })
}

/** The first row that is seen, so that the chosen entry stands a third down. */
const topFor = (lines: readonly Line[], selected: number, height: number): number => {
  const first = lines.findIndex(line => line.entry === selected)
  return clamp(first - Math.floor(height / 3), 0, Math.max(0, lines.length - height))
}

/** The help: every key that counts at the moment, by group; a key that does nothing now says why. */
export const presentHelp = (
  { selected, field }: Help,
  moment: Moment,
  { width, height }: OverlayRoom,
): readonly Row[] => {
  const entries = helpEntries(moment, field?.text ?? '')
  const chosen = clamp(selected, 0, entries.length - 1)
  const lines = linesOf(entries, chosen, width)
  const head: readonly Row[] = field === undefined ? [] : [fieldRow('/', field, width)]
  const room = Math.max(1, height - head.length)
  const top = topFor(lines, chosen, room)
  const rows = lines.slice(top, top + room).map(line => line.row)
  const said =
    entries.length === 0
      ? [
          row(
            `No key that counts here holds these words. ${keyOf(moment.services, 'palette')} lists all.`,
            'dim',
          ),
        ]
      : rows
  return [...head, ...said, ...Array.from({ length: Math.max(0, room - said.length) }, (): Row => [])]
}
