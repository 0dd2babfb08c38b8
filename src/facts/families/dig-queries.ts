import type { TextLine } from '../text/lines.ts'
import { type DnsAnswer, type DnsQuery, silenceOf, withoutDot } from './dns-query.ts'

const recordPattern = /^([\w.*-]+)\s+(\d+)\s+(?:IN|CH|HS)\s+([A-Z][A-Z0-9]*)\s+(\S.*)$/

const answerOf = (text: string): DnsAnswer | undefined => {
  const [, name, ttl, type, value = ''] = recordPattern.exec(text) ?? []
  if (name === undefined) return undefined
  return { name: withoutDot(name), type, ttl: Number(ttl), value: withoutDot(value.trim()) ?? value }
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
  lines.flatMap(({ text }) => answerOf(text) ?? [])

const headerPattern = /->>HEADER<<- .*status: ([A-Z]+)/

const answered = (lines: readonly TextLine[], asked: string | undefined): DnsQuery => {
  const question = sectionOf(lines, 'QUESTION')
  const queryMs = capture(lines, /^;; Query time: (\d+) msec/)
  return {
    line: lines[0]?.number ?? 0,
    name: capture(question, /^;(\S+)\s+IN\s/) ?? answersIn(lines)[0]?.name ?? asked,
    type: capture(question, /^;\S+\s+IN\s+(\S+)/),
    server: capture(lines, /^;; SERVER: ([^#\s]+)/),
    status: capture(lines, headerPattern),
    answers: answersIn(sectionOf(lines, 'ANSWER')),
    queryMs: queryMs === undefined ? undefined : Number(queryMs),
  }
}

const blocksOf = (lines: readonly TextLine[]): readonly (readonly TextLine[])[] => {
  const starts = lines.flatMap(({ text }, index) => (headerPattern.test(text) ? [index] : []))
  return starts.map((start, index) => lines.slice(start, starts[index + 1]))
}

const bare = (lines: readonly TextLine[], name: string | undefined): readonly DnsQuery[] => {
  const answers = answersIn(lines)
  const [first] = lines
  if (answers.length === 0 || first === undefined) return []
  return [{ line: first.number, name: name ?? answers[0]?.name, status: 'NOERROR', answers }]
}

const unanswered = (lines: readonly TextLine[], name: string | undefined): readonly DnsQuery[] => {
  const line = lines.find(({ text }) => text.startsWith(';; ') && silenceOf(text) !== undefined)
  if (line === undefined) return []
  const server = capture(lines, /^;; .*?(?:to|with) ([^#\s]+)#\d+/)
  return [{ line: line.number, name, server, status: 'NO-ANSWER', error: silenceOf(line.text), answers: [] }]
}

/** Queries in the form of dig; `name` is what was asked for, where the text does not say so itself. */
export const digQueries = (lines: readonly TextLine[], name: string | undefined): readonly DnsQuery[] => {
  const blocks = blocksOf(lines)
  if (blocks.length > 0) return blocks.map(block => answered(block, blocks.length === 1 ? name : undefined))
  const queries = bare(lines, name)
  return queries.length > 0 ? queries : unanswered(lines, name)
}

// An address, a name with its dot at the end, a quoted text, or numbers before a name (MX, SRV).
const shortValue = /^(?:[\d.]+|[\da-f]*:[\da-f:.]+|\S+\.|".*"|(?:\d+ )+\S+\.)$/i

/** What `dig +short` prints: values alone. */
export const shortQuery = (lines: readonly TextLine[], name: string | undefined): readonly DnsQuery[] => {
  const silent = unanswered(lines, name)
  const values = lines.filter(({ text }) => shortValue.test(text.trim()))
  const answers = values.map(({ text }) => ({ value: withoutDot(text.trim()) ?? '' }))
  const status = answers.length > 0 ? 'NOERROR' : undefined
  return silent.length > 0 ? silent : [{ line: values[0]?.number ?? 0, name, status, answers }]
}
