import { type Located, listFact, nothing } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'

const rowPattern = /^([\w-]+)\s+(\d+)\s+(-?\d+)(?:\s+(\S+))?/

const parse = ({ stdout, exitCode }: ParserInput): Parsed => {
  const rows: readonly Located<FactValue>[] = linesOf(stdout).flatMap(({ number, text }) => {
    const match = rowPattern.exec(text)
    if (match === null) return []
    const [, name = '', size = '', users = '', by = ''] = match
    const usedBy = by.split(',').filter(word => word !== '' && word !== '-')
    return [{ line: number, value: { name, size: Number(size), users: Number(users), usedBy } }]
  })
  const none = stdout.trim() === '' && exitCode === 1
  return rows.length > 0 || none ? listFact('kernelModules', rows) : nothing
}

/** Loaded kernel modules: `lsmod`, `cat /proc/modules`; behind grep too. */
export const lsmod: Parser = {
  name: 'lsmod',
  gives: ['kernelModules'],
  recognises: argv => argv[0] === 'lsmod' || (argv[0] === 'cat' && argv.includes('/proc/modules')),
  recognisesText: text => /^Module\s+Size\s+Used by/m.test(text),
  parse,
}
