import { oneLine } from './trim-signs.ts'
import type { Step, Tree } from './types.ts'

const normalize = (text: string): string => oneLine(text.toLowerCase())

const wordsOf = (text: string): readonly string[] =>
  normalize(text)
    .split(/[\s_-]+/)
    .filter(word => word !== '')

/** What may fit, best first; the first kind that fits anything decides. */
const matchers: readonly ((step: Step, query: string) => boolean)[] = [
  (step, query) => step.id === query || step.id === query.toLowerCase(),
  (step, query) => step.number !== undefined && step.number === query.replace(/^§\s*|\.$/g, ''),
  (step, query) => normalize(step.title) === normalize(query),
  (step, query) => normalize(step.title).includes(normalize(query)),
  (step, query) => {
    const title = normalize(step.title)
    return wordsOf(query).every(word => title.includes(word))
  },
  (step, query) => step.id.includes(query.toLowerCase()),
]

/**
 * The steps that a query names: a slug, with or without `#`, a section number such as `7.2`, or words of the title. In document
 * order; empty when nothing fits or the query is empty.
 */
export const findSteps = (tree: Tree, query: string): readonly Step[] => {
  const wanted = query.trim().replace(/^#/, '')
  if (wanted === '') return []
  for (const matches of matchers) {
    const found = tree.steps.filter(step => matches(step, wanted))
    if (found.length > 0) return found
  }
  return []
}
