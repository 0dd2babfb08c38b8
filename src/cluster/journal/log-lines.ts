import { shownThenMs } from '../relations/clock.ts'
import type { Container } from '../world/container.ts'
import type { LogLine } from '../world/journal-entry.ts'
import type { Machine } from '../world/machine.ts'
import { byClockOf } from './by-clock.ts'
import { dateLine, movedText } from './date-line.ts'

/** Adds a line to a container's log, by the clock of its machine and after those of its millisecond. */
export const addLogLine = (
  { container, machine }: { readonly container: Container; readonly machine: Machine },
  { atMs, stream, text }: Pick<LogLine, 'atMs' | 'stream' | 'text'>,
): void => {
  const aheadMs = shownThenMs(machine, atMs) - atMs
  const lastMs = container.log.at(-1)?.atMs ?? 0
  const lastIn = (ms: number): number | undefined => (Math.floor(lastMs) === ms ? lastMs : undefined)
  const dated = dateLine({ atMs, text: byClockOf(machine, text, atMs) }, { aheadMs, lastIn })
  const shown = aheadMs === 0 ? {} : { shownMs: dated.atMs + aheadMs }
  container.log.push({ ...dated, ...shown, stream })
}

/** Dates a container's log anew: its lines were said so much later. */
export const moveLog = (container: Container, byMs: number): void => {
  container.log = container.log.map(line => ({
    ...line,
    atMs: line.atMs + byMs,
    text: movedText(line.text, line.atMs, byMs),
  }))
}
