import { windowTop } from '../layout/window-rows.ts'
import type { CommandEntry } from '../scene/command-entries.ts'
import { glyphs } from '../theme/glyphs.ts'
import { fitRow, rowWidth } from './fit-row.ts'
import { oneLine } from './one-line.ts'
import { type Row, span } from './span.ts'
import { type Tint, tintRow } from './tint-row.ts'
import { effectWord, runTime, runWord } from './words.ts'

/** What the command list shows. `now` is milliseconds since the epoch. */
export type CommandList = {
  readonly entries: readonly CommandEntry[]
  readonly selected: number
  readonly width: number
  readonly height: number
  readonly now: number
}

/** Where the placeholders without a value stand in the line. */
const missingTints = ({ command, missing, line }: CommandEntry): readonly Tint[] =>
  (command?.placeholders ?? []).flatMap(({ name, text }): readonly Tint[] => {
    const from = missing.includes(name) ? oneLine(line).indexOf(text) : -1
    return from < 0 ? [] : [{ from, to: from + text.length, tone: 'warn' }]
  })

const commandCell = (entry: CommandEntry, isSelected: boolean): Row => {
  const typed = entry.command === undefined ? [span('! ', 'dim')] : []
  const line = tintRow([span(oneLine(entry.line), isSelected ? 'selected' : 'plain')], missingTints(entry))
  const caption = entry.command?.caption
  return [...typed, ...line, ...(caption === undefined ? [] : [span(`  # ${oneLine(caption)}`, 'dim')])]
}

const effectCell = ({ effect }: CommandEntry): Row => {
  const { text, tone } = effectWord(effect)
  return [span(text, tone)]
}

const stateCell = ({ run, missing }: CommandEntry, now: number): Row => {
  if (run === undefined && missing.length > 0) return [span(`${glyphs.unknown} needs a value`, 'warn')]
  const { sign, text, tone } = runWord(run)
  const time = runTime(run, now)
  if (text === '') return []
  return [span(`${sign} ${text}`, tone), ...(time === '' ? [] : [span(`  ${time}`, 'dim')])]
}

type Columns = { readonly effect: number; readonly place: number; readonly state: number }

const widest = (cells: readonly Row[]): number => Math.max(0, ...cells.map(rowWidth))

/** Columns of the entries in view give way to the command itself: on narrow screens the place goes first, then the effect of reads. */
const columnsFor = (entries: readonly CommandEntry[], { width, now }: CommandList): Columns => {
  const state = Math.min(20, widest(entries.map(entry => stateCell(entry, now))))
  const effect = width >= 44 ? widest(entries.map(effectCell)) : 0
  const place = width >= 70 ? Math.min(width >= 100 ? 24 : 16, widest(entries.map(e => [span(e.where)]))) : 0
  return { effect, place, state }
}

const column = (cell: Row, width: number): Row => (width === 0 ? [] : [span('  '), ...fitRow(cell, width)])

/** The rows of the command list that are in view: command, effect, place and state in columns. */
export const presentCommands = (list: CommandList): readonly Row[] => {
  const top = windowTop({ count: list.entries.length, height: list.height, selected: list.selected })
  const entries = list.entries.slice(top, top + list.height)
  const columns = columnsFor(entries, list)
  const wants = Math.max(...entries.map(entry => rowWidth(commandCell(entry, false))), 0)
  const right = [columns.effect, columns.place, columns.state].reduce(
    (sum, w) => sum + (w > 0 ? w + 2 : 0),
    0,
  )
  return entries.map((entry, at) => {
    const isSelected = top + at === list.selected
    return [
      span(isSelected ? `${glyphs.selected} ` : '  ', 'accent'),
      ...fitRow(commandCell(entry, isSelected), Math.max(4, Math.min(wants, list.width - 2 - right))),
      ...column(effectCell(entry), columns.effect),
      ...column([span(entry.where, entry.where === entry.place ? 'dim' : 'accent')], columns.place),
      ...column(stateCell(entry, list.now), columns.state),
    ]
  })
}
