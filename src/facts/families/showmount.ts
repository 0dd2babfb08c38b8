import { type Located, listFact, nothing } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'

const parse = ({ stdout }: ParserInput): Parsed => {
  const rows: readonly Located<FactValue>[] = linesOf(stdout).flatMap(({ number, text }) => {
    const [, path, clients] = /^(\/\S*)\s+(\S.*)$/.exec(text) ?? []
    if (path === undefined || clients === undefined) return []
    return [{ line: number, value: { path, clients: clients.trim().split(/[,\s]+/) } }]
  })
  const none = /^Export list for /m.test(stdout)
  return rows.length > 0 || none ? listFact('exports', rows) : nothing
}

/** What an NFS server offers to whom: `showmount -e`. */
export const showmount: Parser = {
  name: 'showmount',
  gives: ['exports'],
  recognises: argv => argv[0] === 'showmount',
  recognisesText: text => /^Export list for /m.test(text),
  parse,
}
