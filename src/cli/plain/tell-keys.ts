import { presentKeys } from '../../ui/index.ts'
import type { PlainDesk } from './follow-entry.ts'
import { plainWays } from './plain-ways.ts'

/** Prints for each key of the screens what is typed in linear text for the same. */
export const tellKeys = ({ out }: Pick<PlainDesk, 'out'>): void => {
  out('What the keys of the screens do, and what to type here for it:')
  for (const { id, keys, description } of presentKeys()) {
    const way = plainWays[id]
    if (way !== undefined && 'type' in way) out(`  ${keys.join(' ')}: ${description}. Here: ${way.type}`)
  }
  out('Keys that only move a choice, scroll, fold or close something have no need of a counterpart.')
}
