import { type Located, listFact, nothing, record } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import { parseSize } from '../text/size.ts'
import type { CommandWords, FactValue, Parsed, Parser, ParserInput } from '../types.ts'

const rowPattern = /^(\S+)\s+(partition|file|disk|zram)\s+(\d[\d.]*[BKMGTP]?)\s+(\d[\d.]*[BKMGTP]?)\s+(-?\d+)/

const readsProc = (argv: CommandWords): boolean => argv.includes('/proc/swaps') || argv.includes('-s')

const parse = ({ argv, stdout, exitCode }: ParserInput): Parsed => {
  const lines = linesOf(stdout)
  const inKib = readsProc(argv) || /^Filename\s/.test(stdout)
  const rows: readonly Located<FactValue>[] = lines.flatMap(({ number, text }) => {
    const match = rowPattern.exec(text)
    if (match === null) return []
    const [, name = '', type = '', size = '', used = '', priority = ''] = match
    const bytes = (cell: string): number | undefined => parseSize(inKib ? `${cell}K` : cell)
    const value = record({ name, type, size: bytes(size), used: bytes(used), priority: Number(priority) })
    return [{ line: number, value }]
  })
  const headerAlone = lines.length === 1 && /^(?:NAME|Filename)\s/.test(lines[0]?.text ?? '')
  const none = headerAlone || (lines.length === 0 && exitCode === 0)
  return rows.length > 0 || none ? listFact('swapDevices', rows) : nothing
}

/** Swap devices in use: `swapon --show`, `swapon -s`, `cat /proc/swaps`. No output means that swap is off. */
export const swapon: Parser = {
  name: 'swapon',
  gives: ['swapDevices'],
  recognises: argv =>
    (argv[0] === 'swapon' && (argv.includes('--show') || argv.includes('-s') || argv.length === 1)) ||
    (argv[0] === 'cat' && argv.includes('/proc/swaps')),
  recognisesText: text =>
    /^(?:NAME\s+TYPE\s+SIZE\s+USED\s+PRIO|Filename\s+Type\s+Size\s+Used\s+Priority)/m.test(text),
  parse,
}
