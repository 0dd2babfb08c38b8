import { type Located, record } from '../parsed.ts'
import { rowLinesOf } from '../text/lines.ts'
import { parseNumber } from '../text/number.ts'
import { parseSize } from '../text/size.ts'
import { readTable, type TableRow } from '../text/table.ts'
import type { FactValue } from '../types.ts'
import { at, listAt, parseJson, textAt, textsAt } from './json-value.ts'

type CellReader = (title: string) => string | undefined

const flag = (text: string | undefined): boolean | undefined =>
  text === undefined ? undefined : text === '1' || text === 'true'

const deviceOf = (cell: CellReader, mounts: readonly string[] | undefined): FactValue =>
  record({
    name: cell('NAME')?.replace(/^[\s│├└─|`-]*/, ''),
    numbers: cell('MAJ:MIN'),
    type: cell('TYPE'),
    size: parseSize(cell('SIZE') ?? ''),
    removable: flag(cell('RM')),
    readOnly: flag(cell('RO')),
    filesystem: cell('FSTYPE'),
    label: cell('LABEL'),
    uuid: cell('UUID'),
    available: parseSize(cell('FSAVAIL') ?? ''),
    usePercent: parseNumber(cell('FSUSE%')?.replace('%', '')),
    rotational: flag(cell('ROTA')),
    parent: cell('PKNAME'),
    model: cell('MODEL'),
    serial: cell('SERIAL'),
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

const header = /^\s*(?:[A-Z][A-Z%_:-]+\s+)*NAME(?:\s|$)/

// Further mount points of a device stand alone on the lines below it.
const tableDevices = (stdout: string): readonly Located<FactValue>[] => {
  const rows = readTable(rowLinesOf(stdout), text => header.test(text))
  const starts = rows.flatMap((row, index) => (row.cells.NAME ? [index] : []))
  return starts.flatMap((start, index): readonly Located<FactValue>[] => {
    const [row, ...more] = rows.slice(start, starts[index + 1])
    if (row === undefined) return []
    const isShown = 'MOUNTPOINT' in row.cells || 'MOUNTPOINTS' in row.cells
    const mounts = isShown ? [row, ...more].flatMap(mountIn) : undefined
    return [{ line: row.line, value: deviceOf(title => row.cells[title] || undefined, mounts) }]
  })
}

// `lsblk -P`: `NAME="vda" SIZE="256G" TYPE="disk" MOUNTPOINTS="/"`
const pairDevices = (stdout: string): readonly Located<FactValue>[] =>
  rowLinesOf(stdout).flatMap(({ number, text }): readonly Located<FactValue>[] => {
    const cells = new Map(
      [...text.matchAll(/([A-Z][A-Z_:%-]*)="([^"]*)"/g)].map(([, key, value]) => [key, value]),
    )
    if (!cells.has('NAME')) return []
    const mounts = (cells.get('MOUNTPOINTS') || cells.get('MOUNTPOINT') || '')
      .split(/\\x0a|\n/)
      .filter(mount => mount !== '')
    return [{ line: number, value: deviceOf(title => cells.get(title) || undefined, mounts) }]
  })

// `lsblk -r` puts one blank between cells, which may be empty.
const rawDevices = (stdout: string): readonly Located<FactValue>[] => {
  const [header, ...rows] = rowLinesOf(stdout)
  const titles = header?.text.trim().split(' ') ?? []
  return rows.map(({ number, text }) => {
    const cells = new Map(text.split(' ').map((cell, index) => [titles[index] ?? '', cell]))
    const mounts = (cells.get('MOUNTPOINTS') ?? cells.get('MOUNTPOINT') ?? '').split('\\x0a')
    const shown = titles.some(title => title.startsWith('MOUNTPOINT'))
    const own = shown ? mounts.filter(mount => mount !== '') : undefined
    return { line: number, value: deviceOf(title => cells.get(title) || undefined, own) }
  })
}

// Without a header (-n) the columns are those that were asked for; only the last may hold blanks or be empty.
const namedDevices = (stdout: string, titles: readonly string[]): readonly Located<FactValue>[] =>
  rowLinesOf(stdout).flatMap(({ number, text }): readonly Located<FactValue>[] => {
    const words = text.trim().split(/\s+/)
    const cells = new Map(titles.map((title, index) => [title, words[index]]))
    if (words.length > titles.length || words.length < titles.length - 1 || !cells.has('NAME')) return []
    const mount = cells.get('MOUNTPOINT') ?? cells.get('MOUNTPOINTS')
    return [
      { line: number, value: deviceOf(title => cells.get(title), mount === undefined ? undefined : [mount]) },
    ]
  })

/**
 * Block devices in columns of the caller's choice (`-o`, which `asked` names; `-f`), in pairs (`-P`) or in JSON (`-J`), parts after
 * the device that holds them.
 */
export const chosenColumns = (stdout: string, asked?: string): readonly Located<FactValue>[] => {
  if (stdout.trimStart().startsWith('{')) return listAt(parseJson(stdout), 'blockdevices').flatMap(jsonDevice)
  if (/^\w+="/m.test(stdout)) return pairDevices(stdout)
  if (/^NAME(?: [A-Z][A-Z%_:-]*){2,}$/m.test(stdout)) return rawDevices(stdout)
  const titles = asked?.toUpperCase().split(',') ?? []
  const hasHeader = rowLinesOf(stdout).some(({ text }) => header.test(text))
  return hasHeader || titles.length === 0 ? tableDevices(stdout) : namedDevices(stdout, titles)
}
