import { listFact } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { Parsed, Parser, ParserInput } from '../types.ts'
import { readJournalJson } from './journal-json.ts'
import { isJournalLine, readJournal } from './journal-lines.ts'

const parse = ({ stdout }: ParserInput): Parsed => {
  if (/^-- No entries --$/m.test(stdout)) return listFact('journal', [])
  const lines = linesOf(stdout)
  return stdout.startsWith('{') ? readJournalJson(lines) : readJournal(lines)
}

/** Journal lines: `journalctl` in the short forms and as JSON, syslog files. `-- No entries --` means none. */
export const journalctl: Parser = {
  name: 'journalctl',
  gives: ['journal'],
  recognises: argv => argv[0] === 'journalctl',
  recognisesText: text =>
    linesOf(text.slice(0, 4000))
      .slice(0, 5)
      .some(line => isJournalLine(line.text)),
  parse,
}
