import { formatCount } from '../../base/index.ts'
import { type HomeEntry, type HomeSection, homeSections } from '../scene/home-entries.ts'
import { fitRow, rowWidth } from './fit-row.ts'
import { type Row, span } from './span.ts'

const names: Readonly<Record<HomeSection, string>> = {
  symptom: 'What is wrong',
  runbook: 'Runbooks',
  drill: 'Drills',
  session: 'Earlier',
}

type Wordiness = 'counted' | 'named' | 'only-chosen'

/** What the row of sections is made of. */
export type SectionsBar = {
  readonly entries: readonly HomeEntry[]
  readonly selected: number
  readonly width: number
}

const barRow = ({ entries, selected }: SectionsBar, wordiness: Wordiness): Row =>
  homeSections.flatMap((section, at): Row => {
    const isChosen = entries[selected]?.kind === section
    const count = entries.filter(entry => entry.kind === section).length
    const name = isChosen || wordiness !== 'only-chosen' ? ` ${names[section]}` : ''
    const counted = wordiness === 'counted' ? ` ${formatCount(count)}` : ''
    return [
      span(at === 0 ? '' : '   '),
      span(`${at + 1}`, 'accent'),
      span(`${name}${counted}`, isChosen ? 'title' : 'dim'),
    ]
  })

/** The sections with the digits that lead to them, the one of the choice brought out, in as many words as there is room for. */
export const presentSections = (bar: SectionsBar): Row => {
  const rows = (['counted', 'named', 'only-chosen'] as const).map(wordiness => barRow(bar, wordiness))
  return fitRow(rows.find(line => rowWidth(line) <= bar.width) ?? rows.at(-1) ?? [], bar.width)
}
