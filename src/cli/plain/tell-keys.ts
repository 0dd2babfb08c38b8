import { presentKeys } from '../../ui/index.ts'
import type { PlainDesk } from './follow-entry.ts'
import { plainWays } from './plain-ways.ts'

/** Prints for each key of the screens what is typed in linear text for the same. */
export const tellKeys = ({ out }: Pick<PlainDesk, 'out'>): void => {
  out('What the keys of the screens do, and what to type here for it:')
  const needless = new Map<string, Set<string>>()
  for (const { id, keys, description } of presentKeys()) {
    const way = plainWays[id]
    if (way === undefined) continue
    if ('type' in way) out(`  ${keys.join(' ')}: ${description}. Here: ${way.type}`)
    else needless.set(way.because, new Set([...(needless.get(way.because) ?? []), ...keys]))
  }
  out('What else keys of the screens do has no counterpart:')
  for (const [because, keys] of needless) out(`  ${[...keys].join(' ')}: ${because}`)
}
