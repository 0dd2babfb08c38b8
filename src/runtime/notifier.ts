/** Tells listeners that something changed: at once, or at most every so often. */
export type Notifier = {
  readonly subscribe: (listener: () => void) => () => void
  /** Tells them now, and counts for what was to be told soon. */
  readonly tell: () => void
  /** Tells them soon after quiet and else once an interval, once for all calls until then. No timer runs while nothing was asked for. */
  readonly tellSoon: () => void
  readonly close: () => void
}

/** How long what comes after quiet is gathered: a program often prints its first lines in several pieces. */
const GATHER_MS = 8

/** Creates a notifier; `before` runs each time, just before the listeners are told. */
export const createNotifier = (intervalMs: number, before: () => void): Notifier => {
  const listeners = new Set<() => void>()
  let timer: NodeJS.Timeout | undefined
  let toldAt = Number.NEGATIVE_INFINITY

  const close = (): void => {
    clearTimeout(timer)
    timer = undefined
  }

  const tell = (): void => {
    close()
    toldAt = performance.now()
    before()
    for (const listener of [...listeners]) listener()
  }

  const tellSoon = (): void => {
    timer ??= setTimeout(tell, Math.max(GATHER_MS, toldAt + intervalMs - performance.now()))
  }

  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  }

  return { subscribe, tell, tellSoon, close }
}
