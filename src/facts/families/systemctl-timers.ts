import { type Located, listFact, nothing, record } from '../parsed.ts'
import { parseInstant } from '../text/instant.ts'
import { linesOf } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { systemctlWords } from './systemctl-command.ts'

const instant = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g

// Without a header two instants are the next and the last run; a single one is what is to come.
const splitTimes = (text: string, lastColumn: number): readonly [string, string] => {
  const second = [...text.matchAll(instant)][1]?.index ?? text.length
  const cut = lastColumn > 0 ? lastColumn : second
  return [text.slice(0, cut), text.slice(cut)]
}

const timerOf = (text: string, lastColumn: number): FactValue | undefined => {
  const words = text.trim().split(/\s+/)
  const [name, activates] = words.slice(-2)
  if (name === undefined || activates === undefined || !name.endsWith('.timer')) return undefined
  const [next, last] = splitTimes(text.slice(0, text.lastIndexOf(name)), lastColumn)
  return record({ name, activates, next: parseInstant(next), last: parseInstant(last) })
}

const parse = ({ stdout }: ParserInput): Parsed => {
  const lines = linesOf(stdout)
  const header = lines.find(({ text }) => /^NEXT\s.*\sUNIT\s/.test(text))
  const column = header?.text.indexOf('LAST') ?? 0
  const rows: readonly Located<FactValue>[] = lines.flatMap(({ number, text }) => {
    const value = timerOf(text, column)
    return value === undefined ? [] : [{ line: number, value }]
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
