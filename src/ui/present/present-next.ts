import { windowTop } from '../layout/window-rows.ts'
import type { Choice, Standing } from '../scene/choices.ts'
import { glyphs } from '../theme/glyphs.ts'
import { clipRow, fitRow } from './fit-row.ts'
import { type NextColumns, nextColumns, signColumns } from './next-columns.ts'
import { type Row, row, rowText, span } from './span.ts'
import type { Word } from './words.ts'
import { wrapText } from './wrap-row.ts'

/** What the list of ways on shows. `selected` is absent while the keys are elsewhere. */
export type NextList = {
  readonly choices: readonly Choice[]
  readonly selected: number | undefined
  readonly width: number
  readonly height: number
}

/** The sign and the word of a standing. */
export const standingWords: Readonly<Record<Standing, Word>> = {
  recommended: { sign: glyphs.recommended, text: 'recommended', tone: 'good' },
  holds: { sign: glyphs.good, text: 'also fits', tone: 'plain' },
  'ruled-out': { sign: glyphs.untouched, text: 'ruled out', tone: 'dim' },
  unknown: { sign: glyphs.unknown, text: 'unknown', tone: 'warn' },
  open: { sign: glyphs.untouched, text: 'unchecked', tone: 'dim' },
  choice: { sign: glyphs.separator, text: 'your choice', tone: 'accent' },
  free: { sign: ' ', text: '', tone: 'dim' },
}

/** When to go there in the author's words, then what speaks for it or against it: what is cut is the evidence. */
export const reasonOf = ({ standing, because, label }: Choice): string => {
  const evidence = standing === 'choice' ? '' : because.replace(/\s+/g, ' ')
  return [label, evidence].filter(text => text !== '').join(` ${glyphs.dash} `)
}

const titleTone = ({ standing }: Choice, isSelected: boolean): 'selected' | 'dim' | 'plain' => {
  if (isSelected || standing === 'recommended') return 'selected'
  return standing === 'ruled-out' ? 'dim' : 'plain'
}

const columnsFor = (choices: readonly Choice[], width: number): NextColumns =>
  nextColumns(
    choices.map(choice => ({ ...choice, standing: standingWords[choice.standing].text })),
    width,
  )

type Look = { readonly isSelected: boolean; readonly width: number; readonly columns: NextColumns }

const firstCells = (choice: Choice, { isSelected, columns }: Look, title: Row): Row => {
  const { sign, text, tone } = standingWords[choice.standing]
  return [
    span(isSelected ? `${glyphs.selected} ` : '  ', 'accent'),
    span(`${choice.key.padEnd(1)} `, 'accent'),
    span(`${sign} `, tone),
    ...fitRow(title, columns.title),
    ...(columns.standing === 0 ? [] : [span('  '), ...fitRow([span(text, tone)], columns.standing)]),
  ]
}

/** A way in one row; what does not fit is cut. */
const singleRow = (choice: Choice, look: Look): Row => {
  const cells = firstCells(choice, look, row(choice.title, titleTone(choice, look.isSelected)))
  const reason = look.columns.words === 0 ? '' : reasonOf(choice)
  return fitRow([...cells, ...(reason === '' ? [] : [span(`  ${reason}`, 'dim')])], look.width)
}

/** A text in at most so many rows; the last one is cut where it would go on. */
const wrapAtMost = (line: Row, width: number, most: number): readonly Row[] => {
  const rows = wrapText(rowText(line), width, line[0]?.tone)
  if (rows.length <= most) return rows
  const rest = rows
    .slice(most - 1)
    .map(rowText)
    .join(' ')
  return [...rows.slice(0, most - 1), clipRow(row(rest, line[0]?.tone), width)]
}

/** Words in fewer columns than this would stand one above the other. */
const leastBeside = 24

/** A way told whole in at most so many rows: the words stand beside title and standing or, where that is too narrow, below. */
const wholeRows = (choice: Choice, look: Look, most: number): readonly Row[] => {
  const { isSelected, width, columns } = look
  if (most < 2) return [singleRow(choice, look)]
  const reason = row(reasonOf(choice), 'dim')
  const pad = span(' '.repeat(signColumns))
  const isBeside = columns.words >= leastBeside
  const titles = wrapAtMost(row(choice.title, titleTone(choice, isSelected)), columns.title, most)
  const left = titles.map((title, at) => (at === 0 ? firstCells(choice, look, title) : [pad, ...title]))
  const room = isBeside ? most : most - left.length
  const isSilent = rowText(reason) === '' || room === 0
  const words = isSilent ? [] : wrapAtMost(reason, isBeside ? columns.words : width - signColumns, room)
  if (!isBeside) return [...left, ...words.map(line => [pad, ...line])].map(line => fitRow(line, width))
  return Array.from({ length: Math.max(left.length, words.length) }, (_, at) =>
    fitRow([...fitRow(left[at] ?? [], width - columns.words), ...(words[at] ?? [])], width),
  )
}

/** More rows than this of one way would hide the others. */
const mostRows = 3

const isRecommended = ({ standing }: Choice): boolean => standing === 'recommended'

/** How many rows the ways on could fill: one each, and more for the recommended one where its title or its evidence is long. */
export const nextRows = (choices: readonly Choice[], width: number): number => {
  const look = { isSelected: false, width, columns: columnsFor(choices, width) }
  return choices.reduce(
    (sum, choice) => sum + (isRecommended(choice) ? wholeRows(choice, look, mostRows).length : 1),
    0,
  )
}

/** The rows of each way on: whole where all have room so, else only that of the one to be told. */
const blocksOf = (
  { choices, selected, width, height }: NextList,
  told: number,
): readonly (readonly Row[])[] => {
  const columns = columnsFor(choices, width)
  const lookOf = (at: number): Look => ({ isSelected: at === selected, width, columns })
  const most = Math.min(mostRows, height)
  if (choices.length <= height) {
    const whole = choices.map((choice, at) => wholeRows(choice, lookOf(at), most))
    if (whole.flat().length <= height) return whole
  }
  return choices.map((choice, at) =>
    at === told ? wholeRows(choice, lookOf(at), most) : [singleRow(choice, lookOf(at))],
  )
}

/** The rows of the ways on that are in view: key, title, standing and the reason for it. The chosen one, else the recommended one, is told whole; all are where there is room. */
export const presentNext = (list: NextList): readonly Row[] => {
  const { choices, selected, height } = list
  const told = selected ?? choices.findIndex(isRecommended)
  const blocks = blocksOf(list, told)
  const rows = blocks.flat()
  const before = blocks.slice(0, Math.max(0, told)).flat().length
  const middle = before + Math.floor((blocks[told]?.length ?? 0) / 2)
  const top = windowTop({ count: rows.length, height, selected: middle })
  return rows.slice(top, top + height)
}
