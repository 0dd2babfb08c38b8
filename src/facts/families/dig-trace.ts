import type { TextLine } from '../text/lines.ts'
import type { Asked } from './dig-queries.ts'
import { recordOf } from './dig-records.ts'
import { type DnsQuery, silenceOf } from './dns-query.ts'

const received = /^;; Received \d+ bytes from ([^#\s]+)#\d+\S* in ([\d.]+) ms/

/** Tells whether lines are those of `dig +trace`: parts of an answer, each closed by the server that it came from. */
export const isDigTrace = (lines: readonly TextLine[]): boolean =>
  lines.filter(({ text }) => received.test(text)).length > 1

/** One query a server on the way from the root to the answer, in that order; the last one gave the answer or did not come. */
export const digTraceQueries = (lines: readonly TextLine[], asked: Asked): readonly DnsQuery[] => {
  const queries: DnsQuery[] = []
  let open: TextLine[] = []
  for (const line of lines) {
    const [, server, took] = received.exec(line.text) ?? []
    if (server !== undefined) {
      const answers = open.flatMap(({ text }) => recordOf(text) ?? [])
      const at = open[0]?.number ?? line.number
      queries.push({ ...asked, line: at, server, status: 'NOERROR', answers, queryMs: Number(took) })
      open = []
    } else if (recordOf(line.text) !== undefined) open.push(line)
    const error = line.text.startsWith(';; ') ? silenceOf(line.text) : undefined
    if (error !== undefined)
      queries.push({
        name: asked.name,
        type: asked.type,
        line: line.number,
        status: 'NO-ANSWER',
        error,
        answers: [],
      })
  }
  return queries
}
