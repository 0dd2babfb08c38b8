import { afterEach, describe, expect, it, vi } from 'vitest'
import { createOutputTimes } from '../../../src/cli/plain/output-times.ts'

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllEnvs()
})

describe('the times of lines', () => {
  it('are in UTC wherever the terminal is, once they are asked for', () => {
    vi.stubEnv('TZ', 'Asia/Tokyo')
    vi.useFakeTimers({ now: new Date('2026-11-21T10:15:07Z') })
    const times = createOutputTimes()
    expect(times.prefix()).toBe('')
    expect(times.toggle()).toContain('UTC')
    expect(times.prefix()).toBe('[10:15:07] ')
    times.toggle()
    expect(times.prefix()).toBe('')
  })
})
