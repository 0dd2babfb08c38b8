import { type Located, listFact, nothing, record } from '../parsed.ts'
import { parseInstant } from '../text/instant.ts'
import { linesOf } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

// `Tue Oct  6 06:21:50 UTC 2020`, `Tue 06 Oct 2020 06:21:50 AM UTC`
const classic =
  /^[A-Z][a-z]{2},? +([A-Z][a-z]{2}) +(\d{1,2}) +(\d\d):(\d\d):(\d\d)(?: (AM|PM))? +(\S+) +(\d{4})$/
const modern =
  /^[A-Z][a-z]{2},? +(\d{1,2}) +([A-Z][a-z]{2}) +(\d{4}) +(\d\d):(\d\d):(\d\d)(?: (AM|PM))? +(\S+)$/

const hour = (text: string, half: string | undefined): string => {
  if (half === undefined) return text
  return String((Number(text) % 12) + (half === 'PM' ? 12 : 0)).padStart(2, '0')
}

const isoOf = (text: string): string | undefined => {
  const old = classic.exec(text)
  const [, month, day, h = '', m = '', s = '', half, zone = '', year] = old ?? []
  const late = modern.exec(text)
  const [, day2, month2, year2, h2 = '', m2 = '', s2 = '', half2, zone2 = ''] = late ?? []
  if (old === null && late === null) return undefined
  const index = months.indexOf(month ?? month2 ?? '') + 1
  const date = `${year ?? year2}-${String(index).padStart(2, '0')}-${(day ?? day2 ?? '').padStart(2, '0')}`
  const time = old === null ? `${hour(h2, half2)}:${m2}:${s2}` : `${hour(h, half)}:${m}:${s}`
  return index === 0 ? undefined : parseInstant(`${date} ${time} ${old === null ? zone2 : zone}`)
}

const wholeStamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/

const dateOf = (text: string): FactValue | undefined => {
  const time = isoOf(text) ?? (wholeStamp.test(text) ? parseInstant(text) : undefined)
  if (time === undefined) return undefined
  const milliseconds = Date.parse(time)
  return record({
    time,
    epochSeconds: Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000),
  })
}

const parse = ({ stdout }: ParserInput): Parsed => {
  const rows: readonly Located<FactValue>[] = linesOf(stdout).flatMap(({ number, text }) => {
    const value = dateOf(text.trim())
    return value === undefined ? [] : [{ line: number, value }]
  })
  return rows.length === 0 ? nothing : listFact('dates', rows)
}

/** What clocks show: `date`, `date -u`, `date -Is`, of several hosts one after another. */
export const date: Parser = {
  name: 'date',
  gives: ['dates'],
  recognises: argv => argv[0] === 'date',
  recognisesText: text =>
    linesOf(text).some(line => classic.test(line.text.trim()) || modern.test(line.text.trim())),
  parse,
}
