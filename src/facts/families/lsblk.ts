import { hasLong, hasShort, optionValue } from '../command/options.ts'
import { type Located, listFact, nothing, record } from '../parsed.ts'
import { rowLinesOf, type TextLine } from '../text/lines.ts'
import { parseSize } from '../text/size.ts'
import type { CommandWords, FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { chosenColumns } from './lsblk-columns.ts'

const rowPattern = /^([\s│├└─|`-]*)(\S+)\s+(\d+:\d+)\s+([01])\s+([\d.,]+[BKMGTPE]?)\s+([01])\s+(\w+)\s*(.*)$/

const blankTree = /^[\s│├└─|`-]*/

// Further mount points of a device stand alone on the lines below it.
const continuation = /^\s{20,}(\/\S*|\[SWAP\])\s*$/

const nameAlone = /^[\s│├└─|`-]*\S+\s*$/

// Old versions give a long name a line of its own.
const unwrapped = (lines: readonly TextLine[]): readonly TextLine[] =>
  lines.flatMap((line, index) => {
    const next = lines[index + 1]
    if (nameAlone.test(line.text) && next !== undefined && /^\s+\d+:\d+\s/.test(next.text))
      return [{ number: line.number, text: `${line.text} ${next.text.trimStart()}` }]
    const before = lines[index - 1]
    return before !== undefined && /^\s+\d+:\d+\s/.test(line.text) && nameAlone.test(before.text)
      ? []
      : [line]
  })

const usualColumns = (stdout: string): readonly Located<FactValue>[] => {
  const rows: Located<FactValue>[] = []
  const mounts: string[][] = []
  for (const { number, text } of unwrapped(rowLinesOf(stdout))) {
    const match = rowPattern.exec(text)
    const more = continuation.exec(text)?.[1]
    if (match !== null) {
      const [, , name = '', numbers = '', removable, size = '', readOnly, type = '', mount = ''] = match
      const points = mount.trim() === '' ? [] : [mount.trim()]
      mounts.push(points)
      const cells = { name: name.replace(blankTree, ''), numbers, type, size: parseSize(size) }
      const flags = { removable: removable === '1', readOnly: readOnly === '1' }
      rows.push({ line: number, value: record({ ...cells, ...flags, mounts: points }) })
    } else if (more !== undefined) mounts.at(-1)?.push(more)
  }
  return rows
}

const chooses = (argv: CommandWords): boolean =>
  ['o', 'f', 'J', 'm', 't', 'S', 'O', 'P', 'D', 'r'].some(letter => hasShort(argv, letter)) ||
  ['output', 'fs', 'json', 'perms', 'topology', 'scsi', 'output-all', 'pairs', 'raw'].some(name =>
    hasLong(argv, name),
  )

const parse = ({ argv, stdout }: ParserInput): Parsed => {
  const isPlain = !chooses(argv) && !/^NAME="/m.test(stdout) && !/^\s*\{/.test(stdout)
  const rows = isPlain ? usualColumns(stdout) : chosenColumns(stdout, optionValue(argv, ['-o', '--output']))
  return rows.length === 0 ? nothing : listFact('blockDevices', rows)
}

/** Block devices: `lsblk`, in the default columns, with -b, -o, -O, -f, -m, -t, -S, -P, -J. */
export const lsblk: Parser = {
  name: 'lsblk',
  gives: ['blockDevices'],
  recognises: argv => argv[0] === 'lsblk',
  recognisesText: text =>
    /^NAME\s+(?:MAJ[:_]MIN\s+RM\s+SIZE\s+RO\s+TYPE|FSTYPE\s+(?:FSVER\s+)?LABEL\s+UUID)\b/m.test(text),
  parse,
}
