/** Why waiting for a job was over. */
export type End<T> =
  | { readonly kind: 'exited'; readonly exit: T }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'canceled' }

/** What may end the wait. `timeoutMs` is `undefined` for no limit. */
export type Wait<T> = {
  readonly exited: Promise<T>
  readonly signal: AbortSignal
  readonly timeoutMs: number | undefined
}

// Beyond this a timer fires at once.
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** Waits for a job's exit, its time limit or an abort, whichever is first. */
export const waitForEnd = async <T>({ exited, signal, timeoutMs }: Wait<T>): Promise<End<T>> => {
  const { promise, resolve } = Promise.withResolvers<End<T>>()
  const cancel = (): void => resolve({ kind: 'canceled' })
  const expire = (): void => resolve({ kind: 'timed-out' })
  const timer =
    timeoutMs === undefined ? undefined : setTimeout(expire, Math.min(timeoutMs, LONGEST_TIMER_MS))
  signal.addEventListener('abort', cancel, { once: true })
  if (signal.aborted) cancel()
  try {
    return await Promise.race([promise, exited.then((exit): End<T> => ({ kind: 'exited', exit }))])
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', cancel)
  }
}
