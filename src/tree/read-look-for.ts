import type { Inline } from '../document/index.ts'
import { readPattern } from './read-condition.ts'
import { oneLine } from './trim-signs.ts'
import type { LookFor } from './types.ts'

const separator = /^\s*(?::|—|–|--?(?!>))(?:\s+|$)/

/** Reads the text of a list item as something to look for: inline code, then a dash or a colon and what it means. `undefined` when it is none. */
export const readLookFor = (inlines: readonly Inline[]): Omit<LookFor, 'line'> | undefined => {
  const [code, next, ...rest] = inlines
  if (code?.kind !== 'code' || next === undefined || !separator.test(next.text)) return undefined
  if (next.kind !== 'text' && next.kind !== 'strong') return undefined
  const means = [next.text.replace(separator, ''), ...rest.map(inline => inline.text)].join('')
  return { pattern: readPattern(code.text), means: oneLine(means) }
}
