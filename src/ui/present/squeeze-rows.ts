import { glyphs } from '../theme/glyphs.ts'
import { type Row, span } from './span.ts'

/** How many rows at the end are kept in any case: what is to be typed, and where. */
const tail = 2

const isEmpty = (line: Row): boolean => line.every(({ text }) => text.trim() === '')

/** Rows within a height: empty ones go first, then those before the last two, which a sign in their place tells. */
export const squeezeRows = (rows: readonly Row[], height: number): readonly Row[] => {
  if (rows.length <= height) return rows
  const said = rows.filter(line => !isEmpty(line))
  if (said.length <= height) return said
  const head = Math.max(0, height - tail - 1)
  return [...said.slice(0, head), [span(glyphs.more, 'dim')], ...said.slice(-tail)].slice(
    -Math.max(0, height),
  )
}
