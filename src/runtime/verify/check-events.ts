import { isDeepStrictEqual } from 'node:util'
import type { SessionHeader, StampedEvent } from '../../session/index.ts'
import type { Remark } from './types.ts'

/** The header is the first line; event 1 stands on line 2. */
const lineOf = ({ seq }: StampedEvent): number => seq + 1

const checkHeader = (header: SessionHeader, first: StampedEvent | undefined): readonly Remark[] => {
  if (first?.type === 'session-opened' && isDeepStrictEqual(first.header, header)) return []
  return [
    { kind: 'damage', line: 2, text: 'The first event does not open the session that the header names.' },
  ]
}

const checkTime = (event: StampedEvent, before: StampedEvent | undefined): readonly Remark[] => {
  const line = lineOf(event)
  const backMs = Date.parse(before?.at ?? event.at) - Date.parse(event.at)
  if (Number.isNaN(backMs)) return [{ kind: 'damage', line, text: `"${event.at}" is no time.` }]
  if (backMs <= 0) return []
  const seconds = (backMs / 1000).toFixed(1)
  return [
    { kind: 'remark', line, text: `The clock stood ${seconds} s before the event above: it was set back.` },
  ]
}

/** Looks at what the events of a journal say of each other; their sequence was checked when they were read. */
export const checkEvents = (header: SessionHeader, events: readonly StampedEvent[]): readonly Remark[] => [
  ...checkHeader(header, events[0]),
  ...events.flatMap((event, index) => checkTime(event, events[index - 1])),
]
