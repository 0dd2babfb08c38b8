import { e } from './elements.ts'

/** A moment on the axis: `at` from 0, its beginning, to 1, its end; `kind` is a class that colours it. */
export type Mark = { readonly name: string; readonly kind: string; readonly at: number }

/** A chart over time. Its body is markup with places from left to right in percent, so that it fits any width. */
export type TimeChart = {
  readonly name: string
  readonly body: string
  readonly height: number
  readonly marks: readonly Mark[]
  readonly ends: readonly [string, string]
  /** What each colour means: a class and its meaning. */
  readonly keys: readonly (readonly [string, string])[]
}

/** A part of a whole as a figure with two decimals from 0 to 100. */
export const percent = (part: number): number => Math.round(Math.max(0, Math.min(1, part)) * 10_000) / 100

const AXIS = 24

const markLine = ({ name, kind, at }: Mark, height: number): string =>
  `<line class="mark ${kind}" x1="${percent(at)}%" x2="${percent(at)}%" y1="0" y2="${height}"><title>${e(name)}</title></line>`

/** Draws a chart over time with its axis and, below it, what the colours mean. */
export const timeChart = ({ name, body, height, marks, ends, keys }: TimeChart): string => {
  const axis = `<line class="axis" x1="0" x2="100%" y1="${height + 4}" y2="${height + 4}"/><text class="small dim" x="0" y="${height + 19}">${e(ends[0])}</text><text class="small dim" x="100%" y="${height + 19}" text-anchor="end">${e(ends[1])}</text>`
  const lines = marks.map(mark => markLine(mark, height + 4)).join('')
  const legend = [
    ...keys.map(([kind, means]) => `<li><i class="${kind}"></i>${e(means)}</li>`),
    ...marks.map(mark => `<li><i class="line ${mark.kind}"></i>${e(mark.name)}</li>`),
  ]
  return `<svg class="time" role="img" aria-label="${e(name)}" width="100%" height="${height + AXIS}">${lines}${body}${axis}</svg><ul class="legend">${legend.join('')}</ul>`
}
