import type { Figure, Report } from './figure.ts'
import { presentSpread } from './interleave.ts'

/** How far a median may stand beyond its limit before a run fails: machines are noisy. */
const TOLERANCE = 1.25

/** Whether a figure is so far beyond its limit that noise does not explain it. */
export const isBeyond = ({ spread, limit }: Figure): boolean =>
  limit !== undefined && spread.median > limit * TOLERANCE

const verdictOf = (figure: Figure): string => {
  const { spread, limit } = figure
  if (limit === undefined) return ''
  const word = spread.median <= limit ? 'ok' : isBeyond(figure) ? 'TOO MUCH' : 'over'
  return ` (limit ${limit}) ${word}`
}

const digitsOf = ({ unit }: Figure): number => (unit === 'x' ? 2 : unit === 'MB' ? 0 : 1)

const linesOf = (figure: Figure): readonly string[] => [
  `  ${figure.name.padEnd(58)} ${presentSpread(figure.spread, digitsOf(figure))} ${figure.unit}${verdictOf(figure)}`,
  ...Object.entries(figure.parts ?? {}).map(
    ([name, spread]) => `    ${name.padEnd(56)} ${presentSpread(spread, 1)} ms`,
  ),
]

/** A report in lines: min/median/max of each figure, and whether its median is within its limit. */
export const presentReport = (name: string, { figures, skipped }: Report): string =>
  [name, ...figures.flatMap(linesOf), ...skipped.map(reason => `  SKIP ${reason}`)].join('\n')
