import type { TextLine } from '../text/lines.ts'
import type { Asked } from './dig-queries.ts'
import { recordOf } from './dig-records.ts'
import { type DnsAnswer, type DnsQuery, silenceOf } from './dns-query.ts'

type Message = readonly TextLine[]

const startsMessage = ({ text }: TextLine): boolean =>
  /^-? *type: [A-Z_]+$/.test(text) && text.startsWith('-')

const messagesIn = (lines: readonly TextLine[]): readonly Message[] => {
  const starts = lines.flatMap((line, index) => (startsMessage(line) ? [index] : []))
  return starts.map((start, index) => lines.slice(start, starts[index + 1]))
}

const field = (message: Message, name: string): string | undefined => {
  const line = message.find(({ text }) => text.trimStart().startsWith(`${name}: `))
  return line?.text
    .trim()
    .slice(name.length + 2)
    .replace(/^!!timestamp /, '')
    .replace(/^(["'])(.*)\1$/, '$2')
}

const listBelow = (message: Message, title: string): readonly string[] => {
  const start = message.findIndex(({ text }) => text.trim() === `${title}:`)
  if (start < 0) return []
  const items: string[] = []
  for (const { text } of message.slice(start + 1)) {
    const item = /^\s+- (.*)$/.exec(text)?.[1]
    if (item === undefined) break
    items.push(item.replace(/^'(.*)'$/, '$1').replaceAll("''", "'"))
  }
  return items
}

const tookMs = (message: Message): number | undefined => {
  const [asked, answered] = ['query_time', 'response_time'].map(name =>
    Date.parse(field(message, name) ?? ''),
  )
  return asked === undefined || answered === undefined || Number.isNaN(answered - asked)
    ? undefined
    : answered - asked
}

const answersOf = (message: Message): readonly DnsAnswer[] =>
  listBelow(message, 'ANSWER_SECTION').flatMap(item => recordOf(item) ?? [])

const answered = (message: Message, asked: Asked): DnsQuery => {
  const [question] = listBelow(message, 'QUESTION_SECTION')
  const [name = asked.name, , type = asked.type] = question?.split(' ') ?? []
  return {
    line: message[0]?.number ?? 0,
    name,
    type,
    server: field(message, 'response_address') ?? asked.server,
    status: field(message, 'status'),
    answers: answersOf(message),
    queryMs: tookMs(message),
  }
}

const unanswered = (message: Message, asked: Asked): readonly DnsQuery[] => {
  const line = message.find(({ text }) => silenceOf(text.trim()) !== undefined)
  if (line === undefined) return []
  const error = silenceOf(line.text.trim())
  return [{ ...asked, line: line.number, status: 'NO-ANSWER', error, answers: [] }]
}

/** Tells whether lines are what `dig +yaml` prints. */
export const isDigYaml = (lines: readonly TextLine[]): boolean =>
  lines.some(({ text }) => /^- type: (?:MESSAGE|DIG_ERROR)$/.test(text))

/** Queries in the form of `dig +yaml`: one a message; a server that stays silent is told by an error among them. */
export const digYamlQueries = (lines: readonly TextLine[], asked: Asked): readonly DnsQuery[] => {
  const messages = messagesIn(lines)
  const queries = messages
    .filter(
      message =>
        field(message, 'status') !== undefined && !/QUERY$/.test(field(message.slice(1), 'type') ?? ''),
    )
    .map(message => answered(message, asked))
  return queries.length > 0 ? queries : messages.flatMap(message => unanswered(message, asked)).slice(0, 1)
}
