import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'

/** The offsets of a zone that were looked up, by the quarter of an hour: none changes within one. */
type Zone = { readonly format: Intl.DateTimeFormat; readonly offsets: Map<number, number> }

const QUARTER_MS = 900_000

const zones = new Map<string, Zone>()

const openZone = (timezone: string): Zone => {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: timezone, timeZoneName: 'longOffset' })
  const zone: Zone = { format, offsets: new Map() }
  zones.set(timezone, zone)
  return zone
}

const readOffset = ({ format }: Zone, atMs: number): number => {
  const name = format.formatToParts(new Date(atMs)).find(part => part.type === 'timeZoneName')
  const read = /GMT([+-])(\d+):(\d+)/.exec(name?.value ?? '')
  if (read === null) return 0
  return (read[1] === '-' ? -1 : 1) * (Number(read[2]) * 60 + Number(read[3])) * 60_000
}

/** How far a machine's local time is ahead of UTC at a point of time, in milliseconds. */
export const zoneOffsetMs = ({ timezone }: Machine, atMs: number): number => {
  if (timezone === 'UTC' || timezone === 'Etc/UTC') return 0
  const zone = zones.get(timezone) ?? openZone(timezone)
  const quarter = Math.floor(atMs / QUARTER_MS)
  const offset = zone.offsets.get(quarter) ?? readOffset(zone, atMs)
  zone.offsets.set(quarter, offset)
  return offset
}

/** What a machine's clock says now, in milliseconds since the epoch: its own idea of UTC. */
export const machineNowMs = (world: World, machine: Machine): number => world.nowMs + machine.clockOffsetMs

/** How a machine's clock would have shown a true point of time. */
export const shownMs = (machine: Machine, trueMs: number): number => trueMs + machine.clockOffsetMs

/** The true time at which a machine's clock would have shown what stands at an entry: clocks that were set since do not change what was written. */
export const writtenMs = (
  machine: Machine,
  entry: { readonly atMs: number; readonly offsetMs?: number },
): number => entry.atMs + (entry.offsetMs ?? 0) - machine.clockOffsetMs

const two = (value: number): string => (value < 10 ? `0${value}` : `${value}`)
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

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
    zone: ahead === 0 ? 'UTC' : offset.replace(/00$/, ''),
    millis: String(date.getUTCMilliseconds()).padStart(3, '0'),
  }
}

/** `Mon 2026-03-02 08:00:00 UTC`, as systemd's tools write a point of time. */
export const systemdTime = (machine: Machine, trueMs: number): string => {
  const { weekday, year, month, day, time, zone } = localTime(machine, trueMs)
  return `${weekday} ${year}-${month}-${day} ${time} ${zone}`
}
