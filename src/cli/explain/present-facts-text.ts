import stringWidth from 'string-width'
import { stringify } from 'yaml'
import type { Facts, FactValue } from '../../facts/index.ts'

type Row = Readonly<Record<string, FactValue>>

const isScalar = (value: FactValue | undefined): boolean => value === undefined || typeof value !== 'object'

const isFlatRow = (value: FactValue): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isScalar)

const isTable = (value: FactValue): value is readonly Row[] =>
  Array.isArray(value) && value.length > 0 && value.every(isFlatRow)

const cellOf = (value: FactValue | undefined): string => (value === undefined ? '-' : String(value))

const pad = (text: string, width: number): string => text + ' '.repeat(width - stringWidth(text))

const presentTable = (rows: readonly Row[]): readonly string[] => {
  const names = [...new Set(rows.flatMap(row => Object.keys(row)))]
  const cells = [names, ...rows.map(row => names.map(name => cellOf(row[name])))]
  const widths = names.map((_, at) => Math.max(...cells.map(line => stringWidth(line[at] ?? ''))))
  return cells.map(line =>
    line
      .map((cell, at) => pad(cell, widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

const presentFact = ([name, value]: readonly [string, FactValue]): string =>
  isTable(value)
    ? [name, ...presentTable(value).map(line => `  ${line}`)].join('\n')
    : stringify({ [name]: value }, { lineWidth: 0 }).trimEnd()

/** Facts for people: lists of plain rows as aligned tables, anything else as YAML. */
export const presentFactsText = (facts: Facts): string => Object.entries(facts).map(presentFact).join('\n\n')
