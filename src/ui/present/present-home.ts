import { windowTop } from '../layout/window-rows.ts'
import { type HomeEntry, type HomeSection, homeSections } from '../scene/home-entries.ts'
import { glyphs } from '../theme/glyphs.ts'
import { cellWidth } from './cells.ts'
import { fitRow, spreadRow } from './fit-row.ts'
import { homeCells } from './home-cells.ts'
import { type Row, row, span } from './span.ts'
import { wrapText } from './wrap-row.ts'

/** What the list of the home screen shows. */
export type HomeList = {
  readonly entries: readonly HomeEntry[]
  readonly selected: number
  readonly width: number
  readonly height: number
}

const sectionTitles: Readonly<Record<HomeSection, string>> = {
  symptom: 'What is wrong?',
  runbook: 'Runbooks',
  drill: 'Fire drills',
  session: 'Earlier sessions',
}

/** What stands in a section that holds nothing, and what to do then. */
const emptyTexts: Readonly<Record<HomeSection, string>> = {
  symptom: 'No runbook names a complaint. Choose a runbook below.',
  runbook: 'No runbook was found. Open one by its path: runtree open FILE.md',
  drill: 'No drill came with this runtree. "runtree drill start FILE.yaml" begins one of your own.',
  session: 'None yet. A triage that you leave waits here for you.',
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

const sectionLines = (section: HomeSection, list: HomeList): readonly Line[] => {
  const { entries, selected, width } = list
  const own = entries.flatMap((entry, at): readonly Line[] =>
    entry.kind === section ? [{ row: entryRow(entry, at === selected, list), entry: at }] : [],
  )
  const empty = wrapText(emptyTexts[section], width - 2, 'dim').map((line): Row => [span('  '), ...line])
  return [
    ...(section === homeSections[0] ? [] : still([])),
    ...still(row(sectionTitles[section], 'title')),
    ...(own.length > 0 ? own : still(...empty)),
  ]
}

/** The rows of the home list that are in view, with the titles of its sections. */
export const presentHome = (list: HomeList): readonly Row[] => {
  const lines = homeSections.flatMap(section => sectionLines(section, list))
  const selected = lines.findIndex(line => line.entry === list.selected)
  const top = windowTop({ count: lines.length, height: list.height, selected })
  return lines.slice(top, top + list.height).map(line => line.row)
}
