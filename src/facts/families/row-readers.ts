import type { Cells } from '../parsed.ts'
import { parseNumber } from '../text/number.ts'
import { parseAgo, parseDuration } from './durations.ts'
import { parseBytes, parseCores } from './quantity.ts'

/** What a cell says, as fields of its row; `undefined` when the cell cannot stand in that column, so the line is no row. */
export type CellReader = (cell: string) => Cells | undefined

/** Tells whether a cell says that there is nothing in it. */
export const isBlankCell = (cell: string): boolean =>
  cell === '' || /^(?:<(?:none|unset|nil|unknown|invalid|set to the key.*)>|-|n\/a)$/i.test(cell)

/** Tells whether a cell was cut short by a narrow terminal. */
export const isCut = (cell: string): boolean => /(?:…|\.\.\.)$/.test(cell)

/** A cell kept as text; an empty one is left out. */
export const asText =
  (field: string): CellReader =>
  cell =>
    isBlankCell(cell) ? {} : { [field]: cell }

const measured =
  (read: (cell: string) => number | undefined) =>
  (field: string): CellReader =>
  cell => {
    if (isBlankCell(cell) || isCut(cell)) return {}
    const value = read(cell)
    return value === undefined ? undefined : { [field]: value }
  }

/** A cell that is a number. */
export const asNumber = measured(parseNumber)

/** A cell that is an age or duration, as `4m31s` or `2 hours ago`, in seconds. */
export const asSeconds = measured(cell => parseDuration(cell) ?? parseAgo(cell))

/** A cell that is a size, in bytes. */
export const asBytes = measured(parseBytes)

/** A cell that is an amount of processors, in cores. */
export const asCores = measured(parseCores)

/** A cell that is a percentage, `12%`, from 0 to 100. */
export const asPercent = measured(cell =>
  /^[\d.]+%?$/.test(cell) ? parseNumber(cell.replace(/%$/, '')) : undefined,
)

/** A cell that is a list with commas; an empty one is an empty list. */
export const asList =
  (field: string): CellReader =>
  cell => ({ [field]: isBlankCell(cell) ? [] : cell.split(',').map(item => item.trim()) })

/** A cell that says true or false. */
export const asFlag =
  (field: string): CellReader =>
  cell => {
    if (isBlankCell(cell)) return {}
    return /^(?:true|false)$/i.test(cell) ? { [field]: /^true$/i.test(cell) } : undefined
  }

/** A cell `2/3` as two fields; a lone `2` is the first of them. */
export const asPair =
  (part: string, whole: string): CellReader =>
  cell => {
    const match = /^(\d+)(?:\/(\d+))?$/.exec(cell)
    if (match === null) return isBlankCell(cell) || isCut(cell) ? {} : undefined
    return match[2] === undefined
      ? { [part]: Number(match[1]) }
      : { [part]: Number(match[1]), [whole]: Number(match[2]) }
  }

/** A cell that must look a certain way, else the line is no row. */
export const matching =
  (pattern: RegExp, reader: CellReader): CellReader =>
  cell =>
    pattern.test(cell) ? reader(cell) : undefined

/** A cell `a=b,c=d` as an object; an empty one is an empty object. */
export const asLabels =
  (field: string): CellReader =>
  cell => ({
    [field]: Object.fromEntries(
      (isBlankCell(cell) ? [] : cell.split(',')).map(pair => {
        const equals = pair.indexOf('=')
        return equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)]
      }),
    ),
  })

/** A column title as a field name: `LAST SEEN` gives `lastSeen`, `CLUSTER-IP` gives `clusterIp`. */
export const fieldNameOf = (title: string): string =>
  title
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(word => word !== '')
    .map((word, index) => (index === 0 ? word : `${word[0]?.toUpperCase()}${word.slice(1)}`))
    .join('')
