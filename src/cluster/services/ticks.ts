import type { Span } from './service.ts'

/** The points of time within a span that lie a whole number of periods after a start. */
export const ticksIn = ({ fromMs, toMs }: Span, startMs: number, periodMs: number): readonly number[] => {
  const ticks: number[] = []
  const first = Math.max(0, Math.floor((fromMs - startMs) / periodMs) + 1)
  for (let at = startMs + first * periodMs; at <= toMs; at += periodMs) ticks.push(at)
  return ticks
}

/** Whether a point of time lies within a span. */
export const isWithin = ({ fromMs, toMs }: Span, atMs: number): boolean => atMs > fromMs && atMs <= toMs
