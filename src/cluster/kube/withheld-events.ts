import type { KubeStore } from '../world/kube-object.ts'

/** How many events of one source about one object are told in a row, and how often one more. */
const BURST = 25
const EVERY_MS = 300_000
/** So many sources and objects are remembered at once. */
const MOST_KNOWN = 4_096

/** Takes leave to tell one more event of a source about an object; `false` where it has told too many lately. */
export const mayTell = (store: KubeStore, key: string, atMs: number): boolean => {
  store.eventLeaves ??= new Map()
  const leaves = store.eventLeaves
  const { left, sinceMs } = leaves.get(key) ?? { left: BURST, sinceMs: atMs }
  const now = Math.min(BURST, left + Math.max(0, atMs - sinceMs) / EVERY_MS)
  const may = now >= 1
  leaves.set(key, { left: may ? now - 1 : now, sinceMs: Math.max(atMs, sinceMs) })
  for (const oldest of leaves.keys()) {
    if (leaves.size <= MOST_KNOWN) break
    leaves.delete(oldest)
  }
  return may
}

/** Counts an event that is not told, by its name or, before it has one, by what it tells: its next one tells of it too. */
export const withhold = (store: KubeStore, key: string): void => {
  store.eventsWithheld ??= {}
  store.eventsWithheld[key] = (store.eventsWithheld[key] ?? 0) + 1
}

/** How many events of a key were not told since the last one that was; they are told now. */
export const takeWithheld = ({ eventsWithheld = {} }: KubeStore, key: string): number => {
  const count = eventsWithheld[key] ?? 0
  delete eventsWithheld[key]
  return count
}
