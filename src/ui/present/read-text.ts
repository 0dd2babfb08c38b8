import { isSearchedInPart, type Run } from '../../session/index.ts'
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

const factWords = ({ parser, facts, outcome }: Run): readonly string[] => {
  if (outcome?.kind === 'not-started') return []
  const all = Object.entries(facts)
  const more = all.length > most ? [glyphs.more] : []
  return parser === undefined ? [] : [`read as ${parser}`, ...all.slice(0, most).map(factText), ...more]
}

/**
 * In a few words what was read out of an output, and as what: `read as df · filesystems: 5`; before that, whether causes were looked for in a
 * part of some lines only. Empty when nothing was.
 */
export const readText = (run: Run | undefined): string => {
  if (run === undefined) return ''
  return [...(isSearchedInPart(run) ? ['long lines searched in part'] : []), ...factWords(run)].join(
    ` ${glyphs.separator} `,
  )
}
