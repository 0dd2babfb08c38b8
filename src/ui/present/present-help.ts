import type { AppBinding } from '../keys/app-binding.ts'
import { tags } from '../keys/binding.ts'
import { bindings } from '../keys/bindings.ts'
import { keyNames } from '../keys/key-names.ts'
import { scopesOf } from '../keys/scopes-of.ts'
import type { Moment } from '../state/moment.ts'
import { cellWidth } from './cells.ts'
import { fitRow } from './fit-row.ts'
import { type Row, row, span } from './span.ts'
import { wrapRow } from './wrap-row.ts'

/** The column of the keys: as wide as the longest of them, at most a third of all. */
const keysWidth = (shown: readonly AppBinding[], width: number): number =>
  Math.min(Math.floor(width / 3), Math.max(0, ...shown.map(({ keys }) => cellWidth(keyNames(keys)))))

type Columns = { readonly width: number; readonly column: number }

/** The keys of a binding, what it does, and why it does nothing now; what does not fit goes on below. */
const bindingRows = (binding: AppBinding, moment: Moment, { width, column }: Columns): readonly Row[] => {
  const keys = keyNames(binding.keys)
  const reason = binding.disabledReason?.(moment, binding.keys[0] ?? '')
  const tone = reason === undefined ? 'plain' : 'dim'
  const name = fitRow(
    [span(keys, reason === undefined ? 'accent' : 'dim')],
    Math.max(column, cellWidth(keys)),
  )
  const about = [span(binding.description, tone), span(reason === undefined ? '' : ` (${reason})`, 'dim')]
  return wrapRow([...name, span('  '), ...about], { width, hang: ' '.repeat(column + 2) })
}

/** The rows of the help: every key that counts at the moment, by group; a key that does nothing now says why. */
export const presentHelp = (moment: Moment, width: number): readonly Row[] => {
  const scopes = scopesOf(moment)
  const column = keysWidth(
    bindings.filter(binding => scopes.includes(binding.scope)),
    width,
  )
  return tags.flatMap((tag): readonly Row[] => {
    const shown = bindings.filter(binding => binding.tag === tag && scopes.includes(binding.scope))
    if (shown.length === 0) return []
    return [
      row(tag, 'title'),
      ...shown.flatMap(binding => bindingRows(binding, moment, { width, column })),
      [],
    ]
  })
}
