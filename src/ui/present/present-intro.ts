import type { IntroRoom } from '../layout/arrange-home.ts'
import type { HomeEntry } from '../scene/home-entries.ts'
import { offeredOf } from '../scene/offered-drill.ts'
import { type Row, row, span } from './span.ts'
import { wrapRow } from './wrap-row.ts'

const sentence =
  'Choose what to look into and press Enter. Commands that only read run at once; everything else asks first.'

/** Nobody has walked or drilled anything here yet. */
const isFirstUse = (entries: readonly HomeEntry[]): boolean =>
  entries.every(
    entry => entry.kind !== 'session' && (entry.kind !== 'drill' || entry.drill.best === undefined),
  )

const firstUseRows = (entries: readonly HomeEntry[]): readonly Row[] => {
  const offered = offeredOf(entries)
  return [
    [
      span('Something is wrong: ', 'strong'),
      span('choose the complaint, Enter. It looks first, and asks before it changes anything.'),
    ],
    offered === undefined
      ? row('Nothing is wrong: read a runbook below, step by step.')
      : [
          span('Nothing is wrong: ', 'strong'),
          span('d', 'accent'),
          span(` starts your first fire drill, "${offered.title}", where nothing real can break.`),
        ],
    [span('A runbook of your own: ', 'strong'), span('runtree open FILE.md walks any Markdown file.')],
  ]
}

/** The sentences at the top of the home screen, as many whole ones as there is room for: on first use, what can be done. */
export const presentIntro = (entries: readonly HomeEntry[], { width, height }: IntroRoom): readonly Row[] => {
  const said = isFirstUse(entries) ? firstUseRows(entries) : [row(sentence)]
  const rows: Row[] = []
  for (const line of said) {
    const wrapped = wrapRow(line, { width, hang: '  ' })
    if (rows.length + wrapped.length > height) break
    rows.push(...wrapped)
  }
  return rows
}
