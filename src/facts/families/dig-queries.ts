import type { TextLine } from '../text/lines.ts'
import { recordOf } from './dig-records.ts'
import { digTraceQueries, isDigTrace } from './dig-trace.ts'
import { digYamlQueries, isDigYaml } from './dig-yaml.ts'
import { type DnsAnswer, type DnsQuery, silenceOf, withoutDot } from './dns-query.ts'

/** What a command asked, for answers that do not say it themselves. */
export type Asked = {
  readonly name: string | undefined
  readonly type?: string | undefined
  readonly server?: string | undefined
}

const capture = (lines: readonly TextLine[], pattern: RegExp): string | undefined =>
  lines.map(({ text }) => pattern.exec(text)?.[1]).find(found => found !== undefined)

const sectionOf = (lines: readonly TextLine[], name: string): readonly TextLine[] => {
  const start = lines.findIndex(({ text }) => text.startsWith(`;; ${name} SECTION`))
  if (start < 0) return []
  const rest = lines.slice(start + 1)
  const end = rest.findIndex(({ text }) => text.startsWith(';;'))
  return end < 0 ? rest : rest.slice(0, end)
}

const answersIn = (lines: readonly TextLine[]): readonly DnsAnswer[] =>
  lines.flatMap(({ text }) => recordOf(text) ?? [])

const headerPattern = /->>HEADER<<- .*(?:status|rcode): ([A-Z]+)/

const questionPattern = /^;+ ?(\S+)\s+(?:IN|CH|HS)\s+(\S+)/

const timeOf = (lines: readonly TextLine[]): number | undefined => {
  const queryMs = capture(
    lines,
    /^(?:;; Query time: |(?:;; From|Received \d+ bytes from) \S+ in )([\d.]+) ms/,
  )
  return queryMs === undefined ? undefined : Number(queryMs)
}

const serverOf = (lines: readonly TextLine[]): string | undefined =>
  capture(lines, /^(?:;; SERVER:|;; From|Received \d+ bytes from) ([^#@\s]+)/)

// Where nothing was answered, a record that follows is another query's.
const answeredName = (lines: readonly TextLine[]): string | undefined =>
  capture(lines, /; QUERY: \d+, ANSWER: (\d+)/) === '0' ? undefined : answersIn(lines)[0]?.name

const answered = (lines: readonly TextLine[], asked: Asked): DnsQuery => {
  const [, name, type] =
    sectionOf(lines, 'QUESTION')
      .map(({ text }) => questionPattern.exec(text))
      .find(Boolean) ?? []
  return {
    line: lines[0]?.number ?? 0,
    name: name ?? answeredName(lines) ?? asked.name,
    type: type ?? asked.type,
    server: serverOf(lines) ?? asked.server,
    status: capture(lines, headerPattern),
    answers: answersIn(sectionOf(lines, 'ANSWER')),
    queryMs: timeOf(lines),
  }
}

const blocksOf = (lines: readonly TextLine[]): readonly (readonly TextLine[])[] => {
  // With +qr the question itself is shown in the form of an answer.
  const starts = lines.flatMap(({ text }, index) => (headerPattern.test(text) ? [index] : []))
  return starts
    .map((start, index) => lines.slice(start, starts[index + 1]))
    .filter((_, index) => !lines[(starts[index] ?? 0) - 1]?.text.startsWith(';; Sending:'))
}

const bare = (lines: readonly TextLine[], asked: Asked): readonly DnsQuery[] => {
  const answers = answersIn(lines)
  const [first] = lines
  if (answers.length === 0 || first === undefined) return []
  const { name = answers[0]?.name, type } = asked
  const server = serverOf(lines) ?? asked.server
  return [{ line: first.number, name, type, server, status: 'NOERROR', answers, queryMs: timeOf(lines) }]
}

const unanswered = (lines: readonly TextLine[], asked: Asked): readonly DnsQuery[] => {
  const line = lines.find(({ text }) => text.startsWith(';; ') && silenceOf(text) !== undefined)
  if (line === undefined) return []
  const server = capture(lines, /^;; .*?(?:to|with) ([^#\s]+)#\d+/) ?? asked.server
  return [
    { ...asked, line: line.number, server, status: 'NO-ANSWER', error: silenceOf(line.text), answers: [] },
  ]
}

/** Queries in the form of dig, kdig and drill, with +trace and +yaml too. */
export const digQueries = (lines: readonly TextLine[], asked: Asked): readonly DnsQuery[] => {
  if (isDigYaml(lines)) return digYamlQueries(lines, asked)
  if (isDigTrace(lines)) return digTraceQueries(lines, asked)
  const blocks = blocksOf(lines)
  if (blocks.length > 0)
    return blocks.map(block => answered(block, blocks.length === 1 ? asked : { name: undefined }))
  const queries = bare(lines, asked)
  return queries.length > 0 ? queries : unanswered(lines, asked)
}

// An address, a name with its dot at the end, a quoted text, or numbers before a name (MX, SRV).
const shortValue = /^(?:[\d.]+|[\da-f]*:[\da-f:.]+|\S+\.|".*"|(?:\d+ )+\S+\.)$/i

// `+identify`: `192.0.2.7 from server 10.96.0.10 in 4 ms.`
const identified = /^(.*) from server (\S+) in (\d+) ms\.$/

/** What `dig +short` prints: values alone. */
export const shortQuery = (lines: readonly TextLine[], asked: Asked): readonly DnsQuery[] => {
  const silent = unanswered(lines, asked)
  const values = lines
    .map(({ number, text }) => ({ number, text: identified.exec(text.trim())?.[1] ?? text.trim() }))
    .filter(({ text }) => shortValue.test(text))
  const answers = values.map(({ text }) => ({ value: withoutDot(text) ?? '' }))
  const status = answers.length > 0 ? 'NOERROR' : undefined
  const [, , server = asked.server, time] = identified.exec(lines[0]?.text.trim() ?? '') ?? []
  const queryMs = time === undefined ? undefined : Number(time)
  return silent.length > 0
    ? silent
    : [{ ...asked, line: values[0]?.number ?? 0, server, status, answers, queryMs }]
}
