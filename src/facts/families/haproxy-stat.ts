import { type Located, listFact, nothing, record } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'

const isHeader = (text: string): boolean => /^#? ?pxname,svname,/.test(text)

const whole = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined

const parse = ({ stdout }: ParserInput): Parsed => {
  let titles: readonly string[] = []
  const rows: Located<FactValue>[] = []
  for (const { number, text } of linesOf(stdout)) {
    const cells = text.replace(/^# /, '').split(',')
    if (isHeader(text)) titles = cells
    else if (titles.length > 0) {
      const at = (title: string): string | undefined => cells[titles.indexOf(title)] || undefined
      const value = record({
        proxy: at('pxname'),
        server: at('svname'),
        status: at('status'),
        active: whole(at('act')),
        check: at('check_status'),
        lastCheck: at('last_chk'),
        downSeconds: whole(at('downtime')),
      })
      if (at('status') !== undefined) rows.push({ line: number, value })
    }
  }
  return rows.length === 0 ? nothing : listFact('proxyServers', rows)
}

/** HAProxy's `show stat`: every frontend, server and backend with its status; columns may have been cut out. */
export const haproxyStat: Parser = {
  name: 'haproxy-stat',
  gives: ['proxyServers'],
  recognises: argv =>
    (argv[0] === 'socat' || argv[0] === 'nc') && argv.some(word => word.includes('haproxy')),
  recognisesText: text => linesOf(text).some(line => isHeader(line.text)),
  parse,
}
