import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createNotifier } from '../../src/runtime/notifier.ts'

const INTERVAL_MS = 50

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const watched = () => {
  const times: number[] = []
  const notifier = createNotifier(INTERVAL_MS, () => times.push(performance.now()))
  return { notifier, times, start: performance.now() }
}

test('what comes after quiet is told well within the interval, its pieces together', () => {
  const { notifier, times, start } = watched()
  notifier.tellSoon()
  vi.advanceTimersByTime(2)
  notifier.tellSoon()
  vi.advanceTimersByTime(INTERVAL_MS)
  expect(times.map(time => time - start)).toEqual([8])
})

test('a flood is told once an interval', () => {
  const { notifier, times } = watched()
  for (let ms = 0; ms < 1_000; ms += 1) {
    notifier.tellSoon()
    vi.advanceTimersByTime(1)
  }
  const between = times.slice(1).map((time, at) => time - (times[at] ?? 0))
  expect(new Set(between)).toEqual(new Set([INTERVAL_MS]))
})

test('an event that is told at once counts for the output before it', () => {
  const { notifier, times, start } = watched()
  notifier.tellSoon()
  notifier.tell()
  vi.advanceTimersByTime(INTERVAL_MS * 2)
  expect(times.map(time => time - start)).toEqual([0])
  expect(vi.getTimerCount()).toBe(0)
})

test('nobody is told after the end', () => {
  const { notifier, times } = watched()
  notifier.tellSoon()
  notifier.close()
  vi.advanceTimersByTime(INTERVAL_MS * 2)
  expect(times).toEqual([])
})
