import { type Located, listFact, nothing, record } from '../parsed.ts'
import { parseInstant } from '../text/instant.ts'
import { linesOf } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { systemctlWords } from './systemctl-command.ts'

const rowPattern = /^(.*\s)?(\S+\.timer)\s+(\S+)\s*$/

// Without a header two instants are the next and the last run; a single one is what is to come.
const instantsOf = (text: string, lastColumn: number) => {
  if (lastColumn > 0) return { next: text.slice(0, lastColumn), last: text.slice(lastColumn) }
  const second = text.search(/(?<=\S.*)(?:[A-Z][a-z]{2} )?\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/)
  return second < 0 ? { next: text, last: '' } : { next: text.slice(0, second), last: text.slice(second) }
}

const parse = ({ stdout }: ParserInput): Parsed => {
  const lines = linesOf(stdout)
  const header = lines.find(({ text }) => /^NEXT\s.*\sUNIT\s/.test(text))
  const column = header?.text.indexOf('LAST') ?? 0
  const rows: readonly Located<FactValue>[] = lines.flatMap(({ number, text }) => {
    const [, times = '', name, activates] = rowPattern.exec(text) ?? []
    if (name === undefined) return []
    const { next, last } = instantsOf(times, column)
    return [
      {
        line: number,
        value: record({ name, activates, next: parseInstant(next), last: parseInstant(last) }),
      },
    ]
  })
  const none = /^0 timers listed/m.test(stdout)
  return rows.length > 0 || none ? listFact('timers', rows) : nothing
}

/** When timers run: `systemctl list-timers`. */
export const systemctlTimers: Parser = {
  name: 'systemctl-timers',
  gives: ['timers'],
  recognises: argv => systemctlWords(argv)[0] === 'list-timers',
  recognisesText: text => /^NEXT\s+LEFT\s+LAST\s+PASSED\s+UNIT\s/m.test(text),
  parse,
}
