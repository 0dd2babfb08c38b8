import { shownMs } from '../relations/clock.ts'
import type { Machine } from '../world/machine.ts'

/** A time that stands this far from when a line was written is the present of who wrote it. */
const PRESENT_MS = 30_000

type Moved = (atMs: number) => number | undefined

const dated = (text: string, moved: Moved): string =>
  text.replace(/\d{4}([-/])\d\d\1\d\d[T ]\d\d:\d\d:\d\d/g, (whole, mark: string) => {
    const to = moved(Date.parse(`${whole.replaceAll('/', '-').replace(' ', 'T')}Z`))
    if (to === undefined) return whole
    const shown = new Date(to)
      .toISOString()
      .slice(0, 19)
      .replace('T', whole[10] ?? 'T')
    return shown.slice(0, 10).replaceAll('-', mark) + shown.slice(10)
  })

const klogged = (text: string, year: number, moved: Moved): string =>
  text.replace(/(?<=^[IWEF])\d{4} \d\d:\d\d:\d\d/, whole => {
    const to = moved(Date.parse(`${year}-${whole.slice(0, 2)}-${whole.slice(2, 4)}T${whole.slice(5)}Z`))
    return to === undefined
      ? whole
      : new Date(to).toISOString().slice(5, 19).replace('-', '').replace('T', ' ')
  })

/** A line of a log, written at a point of true time, with the present as the clock of its machine shows it; other times in it stay. */
export const byClockOf = (machine: Machine, text: string, atMs: number): string => {
  if (machine.clockOffsetMs === 0) return text
  const moved: Moved = ms => (Math.abs(ms - atMs) < PRESENT_MS ? shownMs(machine, ms) : undefined)
  return dated(klogged(text, new Date(atMs).getUTCFullYear(), moved), moved)
}
