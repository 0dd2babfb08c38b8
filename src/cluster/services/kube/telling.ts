import { klog } from '../../kube/times.ts'
import { drawAt, luckOf } from '../../network/draw.ts'
import type { Listener } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'
import type { Line, Running, Span } from '../service.ts'

/** A line at its time. */
export type TimedLine = Line & { readonly atMs: number }

const MOST_TICKS = 120

/** The points of time within a span at which something that repeats happens; the last ones when there are very many. */
export const ticksIn = ({ fromMs, toMs }: Span, periodMs: number, phaseMs = 0): readonly number[] => {
  const ticks: number[] = []
  const last = Math.floor((toMs - phaseMs) / periodMs)
  const first = Math.max(Math.floor((fromMs - phaseMs) / periodMs) + 1, last - MOST_TICKS)
  for (let n = first; n <= last; n++) ticks.push(n * periodMs + phaseMs)
  return ticks
}

/** Lines that repeat within a span; who counts from its own start has a phase. */
export const repeating = (
  span: Span & { readonly phaseMs?: number },
  periodMs: number,
  say: (atMs: number) => string | readonly string[],
): readonly TimedLine[] =>
  ticksIn(span, periodMs, span.phaseMs).flatMap(atMs => [say(atMs)].flat().map(text => ({ atMs, text })))

/** Points of time within a span at which something happens that people bring about: about so often, never by the clock. `luck` tells one series from another. */
export const nowAndThen = (span: Span, periodMs: number, luck: number): readonly number[] => {
  const first = Math.floor(span.fromMs / periodMs)
  const count = Math.floor(span.toMs / periodMs) - first + 1
  return Array.from({ length: count }, (_, index) => (first + index) * periodMs)
    .map(tickMs => Math.floor(tickMs + drawAt(luckOf(tickMs, luck), 0) * periodMs))
    .filter(atMs => atMs > span.fromMs && atMs <= span.toMs)
}

/** A klog line of a container, where the program is process 1. */
export const klogOf = (
  level: 'I' | 'W' | 'E' | 'F',
  at: { readonly atMs: number; readonly source: string },
  text: string,
): string => klog(level, { ...at, pid: 1 }, text)

/** A listener on TCP, on all addresses unless said. */
export const tcp = (port: number, address = '*'): Listener => ({ protocol: 'tcp', address, port })

/** A listener on UDP. */
export const udp = (port: number, address = '*'): Listener => ({ protocol: 'udp', address, port })

/** An exit with a status. */
export const exits = (status: number) => ({ code: 'exited' as const, status, signal: undefined })

/** When a service's container began. */
export const startedMsOf = (world: World, { container }: Running): number =>
  container?.startedMs ?? world.nowMs
