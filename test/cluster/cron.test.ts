import { describe, expect, it } from 'vitest'
import { badLineOf } from '../../src/cluster/relations/crontabs.ts'
import { isScheduled } from '../../src/cluster/text/cron-schedule.ts'

describe('a schedule of cron', () => {
  // 21 November 2026 is a Saturday.
  it.each([
    ['* * * * *', '2026-11-21T06:17', true],
    ['17 6 * * *', '2026-11-21T06:17', true],
    ['17 6 * * *', '2026-11-21T06:18', false],
    ['*/15 * * * *', '2026-11-21T06:45', true],
    ['*/15 * * * *', '2026-11-21T06:50', false],
    ['5-59/15 * * * *', '2026-11-21T06:35', true],
    ['0 8-18 * * mon-fri', '2026-11-20T09:00', true],
    ['0 8-18 * * mon-fri', '2026-11-21T09:00', false],
    ['0 0 */2 * *', '2026-11-21T00:00', true],
    ['0 0 */2 * *', '2026-11-20T00:00', false],
    ['0 0 1 */3 *', '2026-10-01T00:00', true],
    ['0 0 1 */3 *', '2026-11-01T00:00', false],
    ['0 0 * nov sat', '2026-11-21T00:00', true],
    ['0 0 13 * 6', '2026-11-21T00:00', true],
    ['0 0 * * 7', '2026-11-22T00:00', true],
    ['@daily', '2026-11-21T00:00', true],
    ['@daily', '2026-11-21T00:01', false],
    ['@reboot', '2026-11-21T00:00', false],
  ])('%s at %s: %s', (schedule, at, isDue) => {
    expect(isScheduled(schedule, Date.parse(`${at}Z`))).toBe(isDue)
  })
})

describe('a table of cron', () => {
  it.each([
    ['# remark\n\nMAILTO=ops\n*/5 * * * * true\n@daily /usr/bin/true\n', -1],
    ['*/5 * * * mon-fri true', -1],
    ['* * * * *', 0],
    ['* * * * * true\nevery minute do this please now\n', 1],
    ['* * * * * true\n/usr/bin/true\n', 1],
  ])('%j is bad from line %i on', (text, at) => {
    expect(badLineOf(text)).toBe(at)
  })
})
