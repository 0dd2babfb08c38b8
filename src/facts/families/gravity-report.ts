import { type Located, listFact, nothing, record } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import { parseNumber } from '../text/number.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'

// `-rw-r--r-- root/root 20480 2026-11-21 06:14 node-1/df` with -v, the name alone without.
const longLine =
  /^[dlc-][rwxsStT-]{9}\s+\S+\s+(\d+)\s+\d{4}-\d\d-\d\d\s+\d\d:\d\d(?::\d\d)?\s+(.+?)(?: -> .*)?$/
const nameLine = /^[\w.@+-][/\w.@:+ -]*$/

const rowOf = (text: string): FactValue | undefined => {
  const long = longLine.exec(text)
  if (long !== null) return record({ name: long[2], size: parseNumber(long[1]) })
  return nameLine.test(text.trim()) ? { name: text.trim() } : undefined
}

const parse = ({ stdout }: ParserInput): Parsed => {
  const rows: readonly Located<FactValue>[] = linesOf(stdout).flatMap(({ number, text }) => {
    const value = rowOf(text)
    return value === undefined ? [] : [{ line: number, value }]
  })
  return rows.length === 0 ? nothing : listFact('archiveFiles', rows)
}

/** What a support bundle holds: `tar -t` of the archive that `gravity report` or another collector made. */
export const gravityReport: Parser = {
  name: 'gravity-report',
  gives: ['archiveFiles'],
  recognises: argv =>
    argv[0] === 'tar' && argv.slice(1, 3).some(word => /^-?[a-z]*t[a-z]*$|^--list$/.test(word)),
  recognisesText: () => false,
  parse,
  takesAnyText: true,
}
