import type { Library } from '../session/index.ts'
import type { RunbookEntry } from '../ui/index.ts'

/** The runbooks of a library as a home screen lists them. */
export const runbookEntries = ({ trees }: Library): readonly RunbookEntry[] =>
  [...trees.values()].map(({ name, title, summary, steps }) => ({
    name,
    title,
    summary,
    steps: steps.length,
  }))
