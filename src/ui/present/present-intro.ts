import { keyOf } from '../keys/key-of.ts'
import type { IntroRoom } from '../layout/arrange-home.ts'
import type { HomeEntry } from '../scene/home-entries.ts'
import { offeredOf } from '../scene/offered-drill.ts'
import type { AppServices } from '../services.ts'
import { type Row, row, span } from './span.ts'
import { wrapRow } from './wrap-row.ts'

const sentence = (openKey: string): string =>
  `Choose what to look into and press ${openKey}. Commands that only read run at once; everything else asks first.`

/** The entries that the introduction is about, and the keys that it names. */
type Intro = {
  readonly home: readonly HomeEntry[]
  readonly services: Pick<AppServices, 'bindings'>
}

/** Nobody has walked or drilled anything here yet. */
const isFirstUse = (entries: readonly HomeEntry[]): boolean =>
  entries.every(
    entry => entry.kind !== 'session' && (entry.kind !== 'drill' || entry.drill.best === undefined),
  )

const firstUseRows = ({ home, services }: Intro): readonly Row[] => {
  const offered = offeredOf(home)
  return [
    [
      span('Something is wrong: ', 'strong'),
      span(
        `choose the complaint, ${keyOf(services, 'home-open')}. It looks first, and asks before it changes anything.`,
      ),
    ],
    offered === undefined
      ? row('Nothing is wrong: read a runbook below, step by step.')
      : [
          span('Nothing is wrong: ', 'strong'),
          span(keyOf(services, 'home-drill'), 'accent'),
          span(` starts your first fire drill, "${offered.title}", where nothing real can break.`),
        ],
    [span('A runbook of your own: ', 'strong'), span('runtree open FILE.md walks any Markdown file.')],
  ]
}

/** The sentences at the top of the home screen, as many whole ones as there is room for: on first use, what can be done. */
export const presentIntro = (intro: Intro, { width, height }: IntroRoom): readonly Row[] => {
  const said = isFirstUse(intro.home)
    ? firstUseRows(intro)
    : [row(sentence(keyOf(intro.services, 'home-open')))]
  const rows: Row[] = []
  for (const line of said) {
    const wrapped = wrapRow(line, { width, hang: '  ' })
    if (rows.length + wrapped.length > height) break
    rows.push(...wrapped)
  }
  return rows
}
