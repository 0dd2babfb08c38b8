import { setTimeout as delay } from 'node:timers/promises'

const POLL_MS = 15
const PATIENCE_MS = 10_000

/** What is waited for: `probe` gives `undefined` until the state is there. */
export type Wait<T> = {
  readonly what: string
  readonly probe: () => T | undefined | Promise<T | undefined>
  /** What to show when it never came. */
  readonly onTimeout?: () => string
  readonly patienceMs?: number
  readonly pollMs?: number
}

/** Polls until the state is there and gives it; fails with what was waited for. */
export const waitFor = async <T>({
  what,
  probe,
  onTimeout,
  patienceMs = PATIENCE_MS,
  pollMs = POLL_MS,
}: Wait<T>): Promise<T> => {
  const end = performance.now() + patienceMs
  for (;;) {
    const found = await probe()
    if (found !== undefined) return found
    if (performance.now() > end)
      throw new Error(`Waited ${patienceMs} ms for ${what}.\n${onTimeout?.() ?? ''}`)
    await delay(pollMs)
  }
}
