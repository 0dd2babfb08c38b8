import { encodeEvent, type StampedEvent } from '../session/index.ts'
import type { AppendFile } from './append-file.ts'
import { createLapse } from './lapse.ts'

/** What could not be written waits here, up to so many UTF-16 units: a disk may have room again. */
const MOST_HELD = 16 * 1024 * 1024

/** Appends events to a journal's file and holds those that could not be written until they can. Never throws. */
export type EventKeeper = {
  readonly append: (events: readonly StampedEvent[]) => void
  /** Tries once more, then lets the file go; gives whether there was one. */
  readonly close: () => boolean
}

/** Gives the file with its first lines written: a session that began to be kept has begun. Throws what the system says. */
export type OpenFile = (first: string) => AppendFile

/** Creates a keeper. `open` gives the file when the first event comes, and is asked again while it throws. */
export const createEventKeeper = (open: OpenFile, say: (sentence: string) => void): EventKeeper => {
  const lapse = createLapse({
    began: (_, reason) =>
      `The session is not kept from here on: ${reason}. It is tried again with each event; --state-dir names another place.`,
    ended: () => 'The session is kept again, and none of its events is missing.',
    say,
  })
  let file: AppendFile | undefined
  let held = ''
  let isOver = false

  const write = (): void => {
    if (held === '') return
    try {
      if (file === undefined) file = open(held)
      else file.append(held)
      held = ''
      lapse.end('')
    } catch (error) {
      lapse.begin('', error)
    }
  }

  const append = (events: readonly StampedEvent[]): void => {
    if (isOver) return
    held += events.map(event => `${encodeEvent(event)}\n`).join('')
    write()
    if (held.length <= MOST_HELD) return
    isOver = true
    held = ''
    say(
      'Too much of the session waits to be written; what comes now is not kept, also when there is room again.',
    )
  }

  const close = (): boolean => {
    if (!isOver) write()
    isOver = true
    const wasOpen = file !== undefined
    file?.close()
    file = undefined
    return wasOpen
  }

  return { append, close }
}
