import { optionValue } from '../command/options.ts'
import { type Located, record } from '../parsed.ts'
import type { TextLine } from '../text/lines.ts'
import type { CommandWords, FactValue } from '../types.ts'

type Kind = 'text' | 'size' | 'count' | 'percent'

/** The columns of `df --output`: the name of the option, the title in English, the field, and what stands in the cells. */
const columns: readonly (readonly [string, RegExp, string, Kind])[] = [
  ['source', /^Filesystem$/, 'filesystem', 'text'],
  ['fstype', /^Type$/, 'type', 'text'],
  ['itotal', /^Inodes$/, 'inodes', 'count'],
  ['iused', /^IUsed$/, 'inodesUsed', 'count'],
  ['iavail', /^IFree$/, 'inodesFree', 'count'],
  ['ipcent', /^IUse%$/, 'inodesUsePercent', 'percent'],
  ['size', /^(?:Size|\S+-blocks)$/, 'size', 'size'],
  ['used', /^Used$/, 'used', 'size'],
  ['avail', /^Avail(?:able)?$/, 'available', 'size'],
  ['pcent', /^(?:Use%|Capacity)$/, 'usePercent', 'percent'],
  ['file', /^File$/, 'file', 'text'],
  ['target', /^Mounted$/, 'mount', 'text'],
]

type Column = (typeof columns)[number]

// Titles are translated, the names that the option takes are not.
const chosen = (argv: CommandWords, header: string): readonly Column[] => {
  const named = optionValue(argv, ['--output'])
  if (named?.includes(',') || columns.some(([name]) => name === named))
    return (named ?? '').split(',').flatMap(word => columns.filter(([name]) => name === word))
  const titles = header.trim().split(/\s+/)
  return titles.flatMap(word => columns.filter(([, title]) => title.test(word)))
}

/** How a column's cells become values. */
export type CellReading = {
  readonly size: (cell: string) => number | undefined
  readonly count: (cell: string) => number | undefined
}

const toValue = (kind: Kind, cell: string, reading: CellReading): FactValue | undefined => {
  if (cell === '-') return undefined
  if (kind === 'text') return cell
  if (kind === 'percent') return Number.parseInt(cell, 10)
  return kind === 'size' ? reading.size(cell) : reading.count(cell)
}

const rowOf = (text: string, asked: readonly Column[], reading: CellReading): FactValue | undefined => {
  const words = text.trim().split(/\s+/)
  const spare = words.length - asked.length
  if (spare < 0) return undefined
  // Only a place may hold blanks; it takes the words that are left over.
  const wide = asked.findLastIndex(([, , field]) => field === 'mount' || field === 'filesystem')
  if (spare > 0 && wide < 0) return undefined
  const cells = asked.map(([, , field, kind], index) => {
    const from = wide >= 0 && index > wide ? index + spare : index
    const cell = words.slice(from, from + (index === wide ? spare + 1 : 1)).join(' ')
    return { field, cell, value: toValue(kind, cell, reading) }
  })
  const isHeader = cells.some(
    ({ cell, value }) => (value === undefined && cell !== '-') || Number.isNaN(value),
  )
  return isHeader ? undefined : record(Object.fromEntries(cells.map(({ field, value }) => [field, value])))
}

/** The rows of `df --output`, whose columns and their order the caller chose. */
export const chosenFilesystems = (
  lines: readonly TextLine[],
  argv: CommandWords,
  reading: CellReading,
): readonly Located<FactValue>[] => {
  const asked = chosen(argv, lines[0]?.text ?? '')
  if (asked.length === 0) return []
  const isTitles = (text: string): boolean =>
    asked.every(([, title]) => text.split(/\s+/).some(word => title.test(word)))
  return lines.flatMap(({ number, text }) => {
    const value = isTitles(text) ? undefined : rowOf(text, asked, reading)
    return value === undefined ? [] : [{ line: number, value }]
  })
}
