import type { Figure, Report } from './figure.ts'
import { presentSpread } from './interleave.ts'

/** How far a median may stand beyond its limit before a run fails: machines are noisy. */
const TOLERANCE = 1.25

const boundedOf = ({ spread, bound }: Figure): number => (bound === 'max' ? spread.max : spread.median)

/** Whether a figure is so far beyond its limit that noise does not explain it. */
export const isBeyond = (figure: Figure): boolean =>
  figure.limit !== undefined && boundedOf(figure) > figure.limit * TOLERANCE

/** Whether a figure holds its limit; `undefined` for one without. */
export const holds = (figure: Figure): boolean | undefined =>
  figure.limit === undefined ? undefined : boundedOf(figure) <= figure.limit

const verdictOf = (figure: Figure): string => {
  if (figure.limit === undefined) return ''
  const word = holds(figure) ? 'ok' : isBeyond(figure) ? 'TOO MUCH' : 'over'
  return ` (limit ${figure.limit}) ${word}`
}

const digitsOf = ({ unit }: Figure): number => (unit === 'x' ? 2 : unit === 'MB' ? 0 : 1)

/** Minimum, median and maximum of a figure with its unit. */
export const presentFigure = (figure: Figure): string =>
  `${presentSpread(figure.spread, digitsOf(figure))}${figure.unit === 'x' ? '' : ` ${figure.unit}`}`

const linesOf = (figure: Figure): readonly string[] => [
  `  ${figure.name.padEnd(58)} ${presentFigure(figure)}${verdictOf(figure)}`,
  ...Object.entries(figure.parts ?? {}).map(
    ([name, spread]) =>
      `    ${name.padEnd(56)} ${presentSpread(spread, 1)} ${figure.unit === '%' ? '%' : 'ms'}`,
  ),
]

/** A report in lines: min/median/max of each figure, and whether its median is within its limit. */
export const presentReport = (name: string, { figures, skipped }: Report): string =>
  [name, ...figures.flatMap(linesOf), ...skipped.map(reason => `  SKIP ${reason}`)].join('\n')
