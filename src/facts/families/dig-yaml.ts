import type { TextLine } from '../text/lines.ts'
import type { Asked } from './dig-queries.ts'
import { recordOf } from './dig-records.ts'
import { type DnsQuery, silenceOf } from './dns-query.ts'
import { at, parseYaml, textAt, textsAt } from './json-value.ts'

/** A message of the list, and the lines that it stands on. */
type Message = { readonly lines: readonly TextLine[]; readonly value: unknown }

const startsMessage = ({ text }: TextLine): boolean => /^- type: [A-Z_]+$/.test(text)

// Each is parsed by itself, so that one that was cut off does not take the others along.
const messagesIn = (lines: readonly TextLine[]): readonly Message[] => {
  const starts = lines.flatMap((line, index) => (startsMessage(line) ? [index] : []))
  return starts.map((start, index) => {
    const own = lines.slice(start, starts[index + 1])
    const [list] = parseYaml(own.map(({ text }) => text).join('\n'))
    return { lines: own, value: at(list, '0', 'message') }
  })
}

// Its tag says that it is an instant, and the YAML parser makes one of it.
const instantAt = (message: unknown, name: string): number => {
  const found = at(message, name)
  return found instanceof Date ? found.getTime() : Number.NaN
}

const tookMs = (message: unknown): number | undefined => {
  const milliseconds = instantAt(message, 'response_time') - instantAt(message, 'query_time')
  return Number.isNaN(milliseconds) ? undefined : milliseconds
}

const isAnswer = ({ value }: Message): boolean =>
  textAt(value, 'response_message_data', 'status') !== undefined &&
  !/QUERY$/.test(textAt(value, 'type') ?? '')

const answered = ({ lines, value }: Message, asked: Asked): DnsQuery => {
  const data = at(value, 'response_message_data')
  const [question] = textsAt(data, 'QUESTION_SECTION')
  const [name = asked.name, , type = asked.type] = question?.split(' ') ?? []
  return {
    line: lines[0]?.number ?? 0,
    name,
    type,
    server: textAt(value, 'response_address') ?? asked.server,
    status: textAt(data, 'status'),
    answers: textsAt(data, 'ANSWER_SECTION').flatMap(item => recordOf(item) ?? []),
    queryMs: tookMs(value),
  }
}

const unanswered = ({ lines }: Message, asked: Asked): readonly DnsQuery[] => {
  const line = lines.find(({ text }) => silenceOf(text.trim()) !== undefined)
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
  const queries = messages.filter(isAnswer).map(message => answered(message, asked))
  return queries.length > 0 ? queries : messages.flatMap(message => unanswered(message, asked)).slice(0, 1)
}
