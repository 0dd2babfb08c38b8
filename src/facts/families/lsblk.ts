import { hasShort } from '../command/options.ts'
import { type Located, listFact, nothing, record } from '../parsed.ts'
import { rowLinesOf } from '../text/lines.ts'
import { parseSize } from '../text/size.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'

const rowPattern = /^([\s│├└─|`-]*)(\S+)\s+(\d+:\d+)\s+([01])\s+([\d.,]+[BKMGTPE]?)\s+([01])\s+(\w+)\s*(.*)$/

const blankTree = /^[\s│├└─|`-]*/

// Further mount points of a device stand alone on the lines below it.
const continuation = /^\s{20,}(\/\S*|\[SWAP\])\s*$/

const parse = ({ argv, stdout }: ParserInput): Parsed => {
  const rows: Located<FactValue>[] = []
  const mounts: string[][] = []
  for (const { number, text } of rowLinesOf(stdout)) {
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
  const unsupported = hasShort(argv, 'o') || hasShort(argv, 'f')
  return rows.length === 0 || unsupported ? nothing : listFact('blockDevices', rows)
}

/** Block devices in the default columns: `lsblk`. */
export const lsblk: Parser = {
  name: 'lsblk',
  gives: ['blockDevices'],
  recognises: argv => argv[0] === 'lsblk',
  recognisesText: text => /^NAME\s+MAJ:MIN\s+RM\s+SIZE\s+RO\s+TYPE\b/m.test(text),
  parse,
}
