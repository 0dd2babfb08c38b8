import { formatCounted } from '../../base/index.ts'
import { keyOf } from '../keys/key-of.ts'
import { windowTop } from '../layout/window-rows.ts'
import { type HomeEntry, homeSections } from '../scene/home-entries.ts'
import { type HomeFold, hiddenAt } from '../scene/home-folds.ts'
import type { AppServices } from '../services.ts'
import { glyphs } from '../theme/glyphs.ts'
import { cellWidth } from './cells.ts'
import { fitRow, rowWidth, spreadRow } from './fit-row.ts'
import { homeCells } from './home-cells.ts'
import { homeWords } from './home-words.ts'
import { type Row, row, span } from './span.ts'
import { wrapText } from './wrap-row.ts'

/** What the list of the home screen shows. */
export type HomeList = {
  readonly entries: readonly HomeEntry[]
  readonly folds: readonly HomeFold[]
  readonly selected: number
  readonly keys: Pick<AppServices, 'bindings'>
  readonly width: number
  readonly height: number
}

const entryRow = (entry: HomeEntry, isSelected: boolean, { width }: HomeList): Row => {
  const { name, about, right } = homeCells(entry)
  const left = [
    span(isSelected ? `${glyphs.selected} ` : '  ', 'accent'),
    span(name, isSelected ? 'selected' : 'plain'),
    span(about === '' ? '' : `  ${about}`, 'dim'),
  ]
  const fitting = right.find(text => cellWidth(name) + cellWidth(text) + 4 <= width)
  return fitting === undefined
    ? fitRow(left, width)
    : spreadRow({ left, right: [span(fitting, 'dim')], width })
}

type Line = { readonly row: Row; readonly entry: number | undefined }

const still = (...rows: readonly Row[]): readonly Line[] =>
  rows.map(line => ({ row: line, entry: undefined }))

/** The row in place of the entries that are not seen, with as much as there is room for of how they are come by. */
const moreLine = (fold: HomeFold, { selected, width, keys }: HomeList): readonly Line[] => {
  const { section, first, count, seen } = fold
  if (seen >= count) return []
  const isSelected = hiddenAt([fold], selected) !== undefined
  const left = [
    span(isSelected ? `${glyphs.selected} ` : '  ', 'accent'),
    span(
      `${glyphs.more} and ${formatCounted(count - seen, `more ${homeWords[section].noun}`)}`,
      isSelected ? 'selected' : 'plain',
    ),
  ]
  const lists = `${keyOf(keys, 'home-open')} lists them`
  const how = [`${lists}, ${keyOf(keys, 'home-search')} searches`, lists, ''].find(
    text => rowWidth(left) + cellWidth(text) + 2 <= width,
  )
  return [{ row: spreadRow({ left, right: [span(how ?? '', 'dim')], width }), entry: first + seen }]
}

const sectionLines = (fold: HomeFold, list: HomeList): readonly Line[] => {
  const { entries, selected, width } = list
  const { section, first, seen } = fold
  const shown = entries
    .slice(first, first + seen)
    .map((entry, at): Line => ({ row: entryRow(entry, first + at === selected, list), entry: first + at }))
  const own = [...shown, ...moreLine(fold, list)]
  const empty = wrapText(homeWords[section].empty, width - 2, 'dim').map((line): Row => [span('  '), ...line])
  return [
    ...(section === homeSections[0] ? [] : still([])),
    ...still(row(homeWords[section].title, 'title')),
    ...(own.length > 0 ? own : still(...empty)),
  ]
}

/** The rows of the home list that are in view, with the titles of its sections. */
export const presentHome = (list: HomeList): readonly Row[] => {
  const lines = list.folds.flatMap(fold => sectionLines(fold, list))
  const chosen = hiddenAt(list.folds, list.selected)
  const stop = chosen === undefined ? list.selected : chosen.first + chosen.seen
  const selected = lines.findIndex(line => line.entry === stop)
  const top = windowTop({ count: lines.length, height: list.height, selected })
  return lines.slice(top, top + list.height).map(line => line.row)
}
