import type { SessionSummary } from '../../runtime/index.ts'
import { windowTop } from '../layout/window-rows.ts'
import type { HomeEntry } from '../scene/home-entries.ts'
import { glyphs } from '../theme/glyphs.ts'
import { cellWidth } from './cells.ts'
import { fitRow, spreadRow } from './fit-row.ts'
import { type Row, row, span } from './span.ts'
import { formatCounted } from './words.ts'

/** What the list of the home screen shows. */
export type HomeList = {
  readonly entries: readonly HomeEntry[]
  readonly selected: number
  readonly width: number
  readonly height: number
}

const sectionTitles: Readonly<Record<HomeEntry['kind'], string>> = {
  runbook: 'Runbooks',
  symptom: 'What is wrong?',
  session: 'Earlier sessions',
}

/** An instant as date and minute, in universal time as journals have it. */
const formatInstant = (instant: string): string => instant.slice(0, 16).replace('T', ' ')

const statusTexts: Readonly<Record<SessionSummary['status'], string>> = {
  healthy: `${glyphs.good} healthy`,
  resolved: `${glyphs.good} resolved`,
  'problem-found': `${glyphs.bad} problem found`,
  escalated: `${glyphs.warn} escalated`,
  asked: `${glyphs.unknown} stopped to ask`,
  failed: `${glyphs.bad} failed`,
  interrupted: `${glyphs.warn} interrupted`,
  left: `${glyphs.untouched} left`,
  open: `${glyphs.waiting} still open`,
}

const sessionText = ({ header, status, commands }: SessionSummary): string =>
  `${statusTexts[status]}  ${header.target}  ${formatCounted(commands, 'command')}`

/** `right` is tried from the longest to the shortest. */
type Cells = { readonly name: string; readonly about: string; readonly right: readonly string[] }

const cellsOf = (entry: HomeEntry): Cells => {
  switch (entry.kind) {
    case 'runbook': {
      const { title, summary, steps } = entry.runbook
      return { name: title, about: summary ?? '', right: [formatCounted(steps, 'step')] }
    }
    case 'symptom':
      return { name: entry.say, about: '', right: entry.title === undefined ? [] : [entry.title] }
    case 'session': {
      const { summary, title } = entry
      return {
        name: `${formatInstant(summary.header.startedAt)}  ${title}`,
        about: '',
        right: [sessionText(summary), statusTexts[summary.status]],
      }
    }
  }
}

const entryRow = (entry: HomeEntry, isSelected: boolean, { width }: HomeList): Row => {
  const { name, about, right } = cellsOf(entry)
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

const linesOf = (list: HomeList): readonly Line[] =>
  list.entries.flatMap((entry, at): readonly Line[] => {
    const isFirst = list.entries[at - 1]?.kind !== entry.kind
    const title: readonly Line[] = isFirst
      ? [
          ...(at > 0 ? [{ row: [], entry: undefined }] : []),
          { row: row(sectionTitles[entry.kind], 'title'), entry: undefined },
        ]
      : []
    return [...title, { row: entryRow(entry, at === list.selected, list), entry: at }]
  })

/** The rows of the home list that are in view, with the titles of its sections. */
export const presentHome = (list: HomeList): readonly Row[] => {
  if (list.entries.length === 0)
    return [row('No runbook was found.', 'warn'), row('Open one by its path: runtree open FILE.md', 'dim')]
  const lines = linesOf(list)
  const selected = lines.findIndex(line => line.entry === list.selected)
  const top = windowTop({ count: lines.length, height: list.height, selected })
  return lines.slice(top, top + list.height).map(line => line.row)
}
