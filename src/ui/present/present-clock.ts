import type { Moment } from '../state/moment.ts'
import type { Tone } from '../theme/tone.ts'
import { type Row, span } from './span.ts'

const MINUTE_MS = 60_000

/** The width from which on the header has room for remarks. */
export const roomy = 60

/** The clock of the drill that is being done, in the cluster's own time; nothing while it is hidden. */
export const presentClock = ({ drill, ui, size }: Moment): Row => {
  if (drill === undefined) return []
  const { clock, tookMs, parMinutes } = drill.progress
  if (clock === 'practice') return [span('practice  ', 'good')]
  if (ui.clock === 'hidden') return []
  const minutes = Math.floor(tookMs / MINUTE_MS)
  const tone: Tone = minutes < parMinutes ? 'good' : 'warn'
  return [span(`${minutes}${size.columns < roomy ? '/' : ' of '}${parMinutes} min  `, tone)]
}
