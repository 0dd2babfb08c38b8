import { type Row, span } from './span.ts'

const bars = '▁▂▃▄▅▆▇█'
const newest = 20

/** Scores from 0 to 100 as a row of bars, oldest first, with the figures that matter beside it; the newest twenty of them. */
export const presentChart = (scores: readonly number[]): Row => {
  const shown = scores.slice(-newest)
  const bar = (score: number): string =>
    bars[Math.min(bars.length - 1, Math.floor((score / 100) * bars.length))] ?? ''
  return [
    span(shown.map(bar).join(''), 'accent'),
    span(`  first ${scores[0] ?? 0}, best ${Math.max(0, ...scores)}, now ${scores.at(-1) ?? 0}`),
  ]
}
