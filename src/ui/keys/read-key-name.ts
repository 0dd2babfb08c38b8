import { fail, nearestWord, type Result, succeed } from '../../base/index.ts'
import { graphemes } from '../present/cells.ts'
import { namedKeys } from './key-names.ts'

/** What terminals send for both, so that neither can be told from the other. */
const sameAs: Readonly<Record<string, string>> = {
  'ctrl-m': 'enter',
  'ctrl-j': 'enter',
  'ctrl-i': 'tab',
  'ctrl-h': 'backspace',
  'ctrl-[': 'esc',
}

const known: readonly string[] = [...namedKeys, 'ctrl-left', 'ctrl-right']

/** A key as people write it (`Ctrl-F`, `PgDn`, `?`) as bindings name it; a sentence when no terminal sends such a key. */
export const readKeyName = (written: string): Result<string, string> => {
  if (written === ' ') return succeed('space')
  if (graphemes(written).length === 1 && written >= ' ') return succeed(written)
  const name = written.toLowerCase().replace(/^(ctrl|shift)[+ ]/, '$1-')
  const same = sameAs[name]
  if (same !== undefined) return fail(`"${written}" arrives as ${same}, and cannot be told from it`)
  if (known.includes(name) || /^ctrl-[a-z]$/.test(name)) return succeed(name)
  const near = nearestWord(name, known)
  return fail(
    near === undefined
      ? `there is no key "${written}"; write a character, ctrl- and a letter, or a name such as ${known.slice(0, 4).join(', ')}`
      : `there is no key "${written}"; did you mean ${near}?`,
  )
}
