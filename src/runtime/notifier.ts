/** Tells listeners that something changed: at once, or at most every so often. */
export type Notifier = {
  readonly subscribe: (listener: () => void) => () => void
  /** Tells them now, and counts for what was to be told soon. */
  readonly tell: () => void
  /** Tells them within the interval, once for all calls until then. No timer runs while nothing was asked for. */
  readonly tellSoon: () => void
  readonly close: () => void
}

/** Creates a notifier; `before` runs each time, just before the listeners are told. */
export const createNotifier = (intervalMs: number, before: () => void): Notifier => {
  const listeners = new Set<() => void>()
  let timer: NodeJS.Timeout | undefined

  const close = (): void => {
    clearTimeout(timer)
    timer = undefined
  }

  const tell = (): void => {
    close()
    before()
    for (const listener of [...listeners]) listener()
  }

  const tellSoon = (): void => {
    timer ??= setTimeout(tell, intervalMs)
  }

  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  }

  return { subscribe, tell, tellSoon, close }
}
