import type { Run } from '../../session/index.ts'
import { glyphs } from '../theme/glyphs.ts'

type Fact = Run['facts'][string]

const most = 3
const longest = 24

const words = (name: string): string => name.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)

const factText = ([name, fact]: readonly [string, Fact]): string => {
  if (Array.isArray(fact)) return `${words(name)}: ${fact.length}`
  const value = typeof fact === 'object' ? '' : String(fact)
  return value === '' || value.length > longest ? words(name) : `${words(name)} ${value}`
}

/** In a few words what was read out of an output, and as what: `read as df · filesystems: 5`. Empty when nothing was. */
export const readText = (run: Run | undefined): string => {
  if (run?.parser === undefined) return ''
  const facts = Object.entries(run.facts)
  const more = facts.length > most ? [glyphs.more] : []
  return [`read as ${run.parser}`, ...facts.slice(0, most).map(factText), ...more].join(
    ` ${glyphs.separator} `,
  )
}
