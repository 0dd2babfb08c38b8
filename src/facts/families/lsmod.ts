import { type Located, listFact, nothing } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'

const rowPattern =
  /^([\w-]+)\s+(\d+)\s+(-?\d+)(?:\s+((?=\S*[A-Za-z-])\S+)(?:\s+(?:Live|Loading|Unloading) 0x[\da-f]+.*)?)?\s*$/

const rowOf = ({ number, text }: TextLine): readonly Located<FactValue>[] => {
  const match = rowPattern.exec(text)
  if (match === null) return []
  const [, name = '', size = '', users = '', by = ''] = match
  const usedBy = by.split(',').filter(word => /^[\w-]*\w[\w-]*$/.test(word))
  return [{ line: number, value: { name, size: Number(size), users: Number(users), usedBy } }]
}

const parse = ({ stdout, exitCode }: ParserInput): Parsed => {
  const rows = linesOf(stdout).flatMap(rowOf)
  const none = stdout.trim() === '' && exitCode === 1
  return rows.length > 0 || none ? listFact('kernelModules', rows) : nothing
}

/** Loaded kernel modules: `lsmod`, `cat /proc/modules`; behind grep too, where no line means that none is loaded. */
export const lsmod: Parser = {
  name: 'lsmod',
  gives: ['kernelModules'],
  recognises: argv => argv[0] === 'lsmod' || argv.includes('/proc/modules'),
  recognisesText: text =>
    /^Module\s+Size\s+Used by/m.test(text) || /^\w+ \d+ \d+ \S+ Live 0x[\da-f]+/m.test(text),
  parse,
}
