import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { readZoneOffset, shortZoneName } from './time-zone.ts'

/** What was looked up of a zone, by the quarter of an hour: nothing changes within one. */
type Quarter = { readonly ahead: number; readonly name: string | undefined }

const QUARTER_MS = 900_000

const zones = new Map<string, Map<number, Quarter>>()

const quarterOf = (timezone: string, atMs: number): Quarter => {
  const quarters = zones.get(timezone) ?? new Map<number, Quarter>()
  zones.set(timezone, quarters)
  const number = Math.floor(atMs / QUARTER_MS)
  const known = quarters.get(number)
  if (known !== undefined) return known
  const read = { ahead: readZoneOffset(timezone, atMs), name: shortZoneName(timezone, atMs) }
  quarters.set(number, read)
  return read
}

const isUtc = (timezone: string): boolean => timezone === 'UTC' || timezone === 'Etc/UTC'

/** How far a machine's local time is ahead of UTC at a point of time, in milliseconds. */
export const zoneOffsetMs = ({ timezone }: Machine, atMs: number): number => {
  return isUtc(timezone) ? 0 : quarterOf(timezone, atMs).ahead
}

/** What a machine's clock says now, in milliseconds since the epoch: its own idea of UTC. */
export const machineNowMs = (world: World, machine: Machine): number => world.nowMs + machine.clockOffsetMs

/** How a machine's clock would have shown a true point of time. */
export const shownMs = (machine: Machine, trueMs: number): number => trueMs + machine.clockOffsetMs

const offsetAt = ({ clockPast = [], clockOffsetMs }: Machine, trueMs: number): number =>
  clockPast.find(({ untilMs }) => trueMs < untilMs)?.offsetMs ?? clockOffsetMs

/** What a machine's clock did show at a true point of time, before it was set since. */
export const shownThenMs = (machine: Machine, trueMs: number): number => trueMs + offsetAt(machine, trueMs)

/** The true time at which a machine's clock would now show what it did show at another: what is kept as a time does not change with the clock. */
export const stampMs = (machine: Machine, trueMs: number): number =>
  shownThenMs(machine, trueMs) - machine.clockOffsetMs

/** Sets a machine's clock so that it is ahead of true time from now on. */
export const setClockOffset = (nowMs: number, machine: Machine, offsetMs: number): void => {
  if (offsetMs === machine.clockOffsetMs) return
  machine.clockPast = [...(machine.clockPast ?? []), { untilMs: nowMs, offsetMs: machine.clockOffsetMs }]
  machine.clockOffsetMs = offsetMs
}

/** The true time at which a machine's clock would have shown what stands at an entry: clocks that were set since do not change what was written. */
export const writtenMs = (
  machine: Machine,
  entry: { readonly atMs: number; readonly offsetMs?: number },
): number => entry.atMs + (entry.offsetMs ?? 0) - machine.clockOffsetMs

const two = (value: number): string => (value < 10 ? `0${value}` : `${value}`)
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

const zoneName = (timezone: string, atMs: number): string | undefined =>
  isUtc(timezone) ? 'UTC' : quarterOf(timezone, atMs).name

/** The parts of a point of true time as a machine writes it: by its clock and in its time zone. */
export type LocalTime = {
  readonly year: string
  readonly month: string
  readonly monthName: string
  readonly day: string
  readonly weekday: string
  readonly time: string
  /** `+0000` */
  readonly offset: string
  readonly zone: string
  readonly millis: string
}

/** Writes a point of true time as a machine would have shown it. */
export const localTime = (machine: Machine, trueMs: number): LocalTime => {
  const shown = shownMs(machine, trueMs)
  const ahead = zoneOffsetMs(machine, shown)
  const date = new Date(shown + ahead)
  const minutes = Math.abs(ahead) / 60_000
  const offset = `${ahead < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`
  return {
    year: String(date.getUTCFullYear()),
    month: two(date.getUTCMonth() + 1),
    monthName: months[date.getUTCMonth()] ?? '',
    day: two(date.getUTCDate()),
    weekday: weekdays[date.getUTCDay()] ?? '',
    time: `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`,
    offset,
    zone: zoneName(machine.timezone, shown) ?? (ahead === 0 ? 'UTC' : offset.replace(/00$/, '')),
    millis: String(date.getUTCMilliseconds()).padStart(3, '0'),
  }
}

/** `Mon 2026-03-02 08:00:00 UTC`, as systemd's tools write a point of time. */
export const systemdTime = (machine: Machine, trueMs: number): string => {
  const { weekday, year, month, day, time, zone } = localTime(machine, trueMs)
  return `${weekday} ${year}-${month}-${day} ${time} ${zone}`
}
