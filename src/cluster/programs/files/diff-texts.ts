import { structuredPatch } from 'diff'
import { asText } from '../../text/columns.ts'

/** Two texts as lines. */
export type Texts = { readonly before: readonly string[]; readonly after: readonly string[] }

const hunksOf = ({ before, after }: Texts, context: number) =>
  structuredPatch('', '', asText(before), asText(after), '', '', { context }).hunks

/** Lines of a text by the numbers that the first and the last have; where there is none, by that of the one before. */
const span = (start: number, count: number): string =>
  count === 0 ? String(start - 1) : count === 1 ? String(start) : `${start},${start + count - 1}`

/** The changes between two texts in the form of old; nothing where they are alike. */
export const normal = (texts: Texts): string =>
  hunksOf(texts, 0)
    .map(({ oldStart, oldLines, newStart, newLines, lines }) => {
      const letter = oldLines === 0 ? 'a' : newLines === 0 ? 'd' : 'c'
      const marked = (sign: string, mark: string): readonly string[] =>
        lines.filter(line => line.startsWith(sign)).map(line => `${mark} ${line.slice(1)}`)
      const rule = letter === 'c' ? ['---'] : []
      const head = `${span(oldStart, oldLines)}${letter}${span(newStart, newLines)}`
      return asText([head, ...marked('-', '<'), ...rule, ...marked('+', '>')])
    })
    .join('')

const unifiedSpan = (start: number, count: number): string =>
  count === 1 ? String(start) : `${count === 0 ? start - 1 : start},${count}`

/** The changes between two texts, near ones together, with as many lines around them. */
export const unified = (texts: Texts, context: number): string =>
  hunksOf(texts, context)
    .map(({ oldStart, oldLines, newStart, newLines, lines }) =>
      asText([`@@ -${unifiedSpan(oldStart, oldLines)} +${unifiedSpan(newStart, newLines)} @@`, ...lines]),
    )
    .join('')

/** One side of a hunk in the old form with context: its lines, or nothing but its place where that side has no change. */
const side = (
  lines: readonly string[],
  { own, other }: { readonly own: '-' | '+'; readonly other: '-' | '+' },
): readonly string[] => {
  if (!lines.some(line => line.startsWith(own))) return []
  const isChange = (at: number): boolean => {
    let first = at
    while (/^[-+]/.test(lines[first - 1] ?? '')) first -= 1
    let last = at
    while (/^[-+]/.test(lines[last + 1] ?? '')) last += 1
    return lines.slice(first, last + 1).some(line => line.startsWith(other))
  }
  return lines.flatMap((line, at) =>
    line.startsWith(other)
      ? []
      : [line.startsWith(own) ? `${isChange(at) ? '!' : own} ${line.slice(1)}` : `  ${line.slice(1)}`],
  )
}

/** The changes between two texts, each side by itself with as many lines around. */
export const contextual = (texts: Texts, context: number): string =>
  hunksOf(texts, context)
    .map(({ oldStart, oldLines, newStart, newLines, lines }) =>
      asText([
        '***************',
        `*** ${span(oldStart, oldLines)} ****`,
        ...side(lines, { own: '-', other: '+' }),
        `--- ${span(newStart, newLines)} ----`,
        ...side(lines, { own: '+', other: '-' }),
      ]),
    )
    .join('')

const TAB = 8

/** Both texts side by side within a width, in columns that tabs reach. */
export const beside = ({ before, after }: Texts, width: number): string => {
  const offset = Math.floor((width + TAB + 3) / (2 * TAB)) * TAB
  const half = Math.max(0, Math.min(offset - 3, width - offset))
  const [hunk] = hunksOf({ before, after }, before.length + after.length)
  const lines = hunk?.lines ?? before.map(line => ` ${line}`)
  const rows: string[] = []
  const middle = Math.floor((half + offset - 1) / 2)
  const row = (left: string, mark: string, right: string): void => {
    const start = left.slice(0, half)
    const gap = mark === ' ' ? tabsTo(start.length, offset) : `${tabsTo(start.length, middle)}${mark}`
    const end = right === '' ? '' : `${mark === ' ' ? '' : tabsTo(middle + 1, offset)}${right.slice(0, half)}`
    rows.push(`${start}${gap}${end}`)
  }
  for (let at = 0; at < lines.length; ) {
    const taken = (sign: string): string[] => {
      const found: string[] = []
      while (lines[at]?.startsWith(sign)) found.push((lines[at++] ?? '').slice(1))
      return found
    }
    const [gone, come] = [taken('-'), taken('+')]
    for (let each = 0; each < Math.max(gone.length, come.length); each++) {
      const mark = gone[each] === undefined ? '>' : come[each] === undefined ? '<' : '|'
      row(gone[each] ?? '', mark, come[each] ?? '')
    }
    for (const line of taken(' ')) row(line, ' ', line)
  }
  return asText(rows)
}

/** Tabs, then blanks, from one column to another. */
const tabsTo = (from: number, to: number): string => {
  let text = ''
  let at = from
  while (Math.floor(at / TAB) * TAB + TAB <= to) {
    at = Math.floor(at / TAB) * TAB + TAB
    text += '\t'
  }
  return text + ' '.repeat(Math.max(0, to - at))
}
