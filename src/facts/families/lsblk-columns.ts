import { type Located, record } from '../parsed.ts'
import { rowLinesOf } from '../text/lines.ts'
import { parseSize } from '../text/size.ts'
import { readTable, type TableRow } from '../text/table.ts'
import type { FactValue } from '../types.ts'
import { at, listAt, parseJson, textAt, textsAt } from './json-value.ts'

type CellReader = (title: string) => string | undefined

const flag = (text: string | undefined): boolean | undefined =>
  text === undefined ? undefined : text === '1' || text === 'true'

const deviceOf = (cell: CellReader, mounts: readonly string[]): FactValue =>
  record({
    name: cell('NAME')?.replace(/^[\s│├└─|`-]*/, ''),
    numbers: cell('MAJ:MIN'),
    type: cell('TYPE'),
    size: parseSize(cell('SIZE') ?? ''),
    removable: flag(cell('RM')),
    readOnly: flag(cell('RO')),
    filesystem: cell('FSTYPE'),
    mounts,
  })

const jsonCell =
  (device: unknown): CellReader =>
  title => {
    const value = at(device, title.toLowerCase())
    return typeof value === 'boolean' ? String(value) : textAt(device, title.toLowerCase())
  }

const jsonDevice = (device: unknown): readonly Located<FactValue>[] => {
  const mount = textAt(device, 'mountpoint')
  const mounts = mount === undefined ? textsAt(device, 'mountpoints') : [mount]
  return [
    { line: 1, value: deviceOf(jsonCell(device), mounts) },
    ...listAt(device, 'children').flatMap(jsonDevice),
  ]
}

const mountIn = ({ cells }: TableRow): readonly string[] =>
  [cells.MOUNTPOINTS || cells.MOUNTPOINT || ''].filter(mount => mount !== '')

// Further mount points of a device stand alone on the lines below it.
const tableDevices = (stdout: string): readonly Located<FactValue>[] => {
  const rows = readTable(rowLinesOf(stdout), text => /^NAME\s/.test(text), /\S+/g)
  const starts = rows.flatMap((row, index) => (row.cells.NAME ? [index] : []))
  return starts.flatMap((start, index): readonly Located<FactValue>[] => {
    const [row, ...more] = rows.slice(start, starts[index + 1])
    if (row === undefined) return []
    const mounts = [row, ...more].flatMap(mountIn)
    return [{ line: row.line, value: deviceOf(title => row.cells[title] || undefined, mounts) }]
  })
}

/** Block devices in columns of the caller's choice (`-o`, `-f`) or in JSON (`-J`), parts after the device that holds them. */
export const chosenColumns = (stdout: string): readonly Located<FactValue>[] =>
  stdout.trimStart().startsWith('{')
    ? listAt(parseJson(stdout), 'blockdevices').flatMap(jsonDevice)
    : tableDevices(stdout)
