import { cellWidth } from './cells.ts'

/** The texts of one way on, as far as they share columns. */
export type WayTexts = { readonly title: string; readonly standing: string; readonly label: string }

/** How many columns title, standing and words get; 0 words where they could not be read beside the rest. */
export type NextColumns = { readonly title: number; readonly standing: number; readonly words: number }

/** Columns of the signs in front of a title: chosen, key, standing. */
export const signColumns = 6
const gap = 2
/** Words in fewer columns than this say nothing. */
const leastWords = 12
const leastTitle = 12
const mostTitleShare = 0.4
const leastTitleShare = 0.3
/** A text that is cut at all weighs as much as so many cells that are cut off. */
const cutWeight = 1000

const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(cellWidth))

const lossOf = (texts: readonly string[], width: number): number =>
  texts
    .map(text => cellWidth(text) - width)
    .filter(cells => cells > 0)
    .reduce((sum, cells) => sum + cutWeight + cells, 0)

/** Shares a width among the columns of all ways on: the title's is the one that cuts the fewest titles and words of the author. */
export const nextColumns = (ways: readonly WayTexts[], width: number): NextColumns => {
  const standing = widest(ways.map(way => way.standing))
  const room = width - signColumns - (standing === 0 ? 0 : standing + gap)
  const titles = ways.map(way => way.title)
  const longest = widest(titles)
  const least = Math.min(longest, Math.max(leastTitle, Math.floor(width * leastTitleShare)))
  const most = Math.max(least, Math.min(longest, Math.floor(width * mostTitleShare)))
  if (room - gap - least < leastWords)
    return { title: Math.max(1, Math.min(longest, room)), standing, words: 0 }
  const labels = ways.map(way => way.label)
  const costOf = (title: number): number => lossOf(titles, title) + lossOf(labels, room - gap - title)
  const widths = Array.from({ length: most - least + 1 }, (_, at) => least + at)
  const title = widths.reduce((best, next) => (costOf(next) < costOf(best) ? next : best), least)
  return { title, standing, words: room - gap - title }
}
