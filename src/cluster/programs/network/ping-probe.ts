import { ASKING_MS } from '../../network/silence.ts'

/** A packet of ping, and what came back. */
export type Probe = {
  readonly line: string | undefined
  readonly timeMs: number | undefined
  /** After how long the kernel tells what the line says, where nobody answered for the address. */
  readonly toldAfterMs?: number
  readonly error?: string
  /** What sendmsg(2) said, where the packet did not even leave. */
  readonly refused?: string
}

/** How many packets were on their way when the first word of one came back. */
export const pipeOf = (probes: readonly Probe[], intervalMs: number): number => {
  const first = probes.find(({ toldAfterMs = 0 }) => toldAfterMs > 0)
  return first === undefined
    ? 1
    : Math.min(probes.length, 1 + Math.floor((first.toldAfterMs ?? 0) / intervalMs))
}

/** When after the first packet the kernel tells that nobody answers for the address: of all that it has kept meanwhile at once. */
export const toldMs = (probes: readonly Probe[], at: number, intervalMs: number): number | undefined => {
  const afterMs = probes[at]?.toldAfterMs
  if (afterMs === undefined || afterMs === 0) return undefined
  const firstAt = probes.findIndex(({ toldAfterMs = 0 }) => toldAfterMs > 0)
  const startMs = firstAt * intervalMs
  const firstMs = probes[firstAt]?.toldAfterMs ?? afterMs
  const lateMs = at * intervalMs - startMs - firstMs
  return startMs + firstMs + (lateMs < 0 ? 0 : (Math.floor(lateMs / ASKING_MS) + 1) * ASKING_MS)
}

/** Packets with what their sender had heard of them when it stopped to wait. */
export const heardBy = (
  probes: readonly Probe[],
  { intervalMs, untilMs }: { readonly intervalMs: number; readonly untilMs: number },
): readonly Probe[] =>
  probes.map((one, at) =>
    (toldMs(probes, at, intervalMs) ?? 0) > untilMs ? { line: undefined, timeMs: undefined } : one,
  )
