import type { StampedEvent } from '../session/index.ts'

type Listener = (event: StampedEvent) => void

/** Hands events to listeners, each listener all events in order, also when a listener brings about further ones. */
export type EventFeed = {
  readonly subscribe: (listener: Listener) => () => void
  readonly deliver: (events: readonly StampedEvent[]) => void
}

/** Creates a feed without listeners. */
export const createEventFeed = (): EventFeed => {
  const listeners = new Set<Listener>()
  const due: StampedEvent[] = []
  let isDelivering = false

  const drain = (): void => {
    for (let event = due.shift(); event !== undefined; event = due.shift())
      for (const listener of [...listeners]) listener(event)
  }

  const deliver = (events: readonly StampedEvent[]): void => {
    due.push(...events)
    if (isDelivering) return
    isDelivering = true
    try {
      drain()
    } finally {
      isDelivering = false
    }
  }

  const subscribe = (listener: Listener): (() => void) => {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  }

  return { subscribe, deliver }
}
