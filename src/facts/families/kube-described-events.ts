import { type Located, record } from '../parsed.ts'
import type { TextLine } from '../text/lines.ts'
import type { FactValue } from '../types.ts'
import { parseDuration } from './durations.ts'

const age = String.raw`(\S+?)(?: \(x(\d+) over (\S+)\))?`
const current = new RegExp(
  String.raw`^\s*(Normal|Warning)\s+([A-Z]\w*)\s+${age}\s{2,}(?:(\S+(?:, \S+)?)\s{2,})?(.*)$`,
)
// Until Kubernetes 1.9: first seen, last seen, count, source, part of the object, type, reason, message.
const oldHead = /^\s*(\d\w*)\s+(\d\w*)\s+(\d+)\b(.*)$/
const oldTail = /^(Normal|Warning)\s+([A-Z]\w*)\s+(.*)$/

const fromCurrent = (text: string) => {
  const match = current.exec(text)
  if (match === null) return undefined
  const [, kind, reason, last = '', count, first, source, message = ''] = match
  const lastSeenSeconds = parseDuration(last)
  if (lastSeenSeconds === undefined && !/^<(?:unknown|invalid)>$/.test(last)) return undefined
  return {
    kind,
    reason,
    source,
    lastSeenSeconds,
    count: count === undefined ? undefined : Number(count),
    firstSeenSeconds: parseDuration(first ?? ''),
    message,
  }
}

const fromOld = (text: string) => {
  const middle = text.search(/\s(?:Normal|Warning)\s/)
  const head = middle < 0 ? null : oldHead.exec(text.slice(0, middle))
  const tail = middle < 0 ? null : oldTail.exec(text.slice(middle + 1))
  if (head === null || tail === null) return undefined
  const [, first = '', last = '', count, origin = ''] = head
  const [, kind, reason, message = ''] = tail
  const [source, part] = origin
    .trim()
    .replace(/^\{|\}/g, '')
    .trim()
    .split(/\s{2,}|\t+/)
  return {
    kind,
    reason,
    source: source === '' ? undefined : source,
    part,
    lastSeenSeconds: parseDuration(last),
    firstSeenSeconds: parseDuration(first),
    count: Number(count),
    message,
  }
}

type Draft = { readonly number: number; readonly event: NonNullable<ReturnType<typeof fromCurrent>> }

const isFrame = (text: string): boolean => /^\s*(?:-+\s+)+-*\s*$|^\s*(?:Type\s+Reason|FirstSeen)\b/.test(text)

const endsEvents = (text: string): boolean => /^\S*[@:~]\S*[$#](?:\s|$)|^[$#] |^--$/.test(text)

/** The events below a description. A message that goes on over several lines is put together; other lines are passed over. */
export const readDescribedEvents = (
  lines: readonly TextLine[],
  object: string | undefined,
): readonly Located<FactValue>[] => {
  const drafts: Draft[] = []
  let next = 0
  for (const { number, text } of lines) {
    const event = fromCurrent(text) ?? fromOld(text)
    const open = drafts.at(-1)
    if (event !== undefined) drafts.push({ number, event })
    else if (open !== undefined && number === next && !isFrame(text) && !endsEvents(text)) {
      const message = `${open.event.message} ${text.trim()}`
      drafts[drafts.length - 1] = { ...open, event: { ...open.event, message } }
    } else next = 0
    if (event !== undefined || number === next) next = number + 1
  }
  return drafts.map(({ number, event }) => ({ line: number, value: record({ object, ...event }) }))
}
