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
