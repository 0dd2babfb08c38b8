import { listFact, nothing } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { Parsed, Parser, ParserInput } from '../types.ts'
import { oomKills } from './oom-kills.ts'

const parse = ({ stdout }: ParserInput): Parsed => {
  const rows = oomKills(linesOf(stdout))
  return rows.length === 0 ? nothing : listFact('oomKills', rows)
}

/** Processes killed for want of memory, in whatever shows kernel messages: a journal, a syslog file, a support bundle. */
export const oomLog: Parser = {
  name: 'oom-log',
  gives: ['oomKills'],
  recognises: () => false,
  recognisesText: text => /Kill(?:ed)? process \d+(?:, UID \d+,)? \(/.test(text),
  supplements: true,
  parse,
}
