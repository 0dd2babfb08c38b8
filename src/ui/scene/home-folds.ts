import { type HomeEntry, type HomeSection, homeSections } from './home-entries.ts'

/** The general complaints of the first runbook are nine. */
const mostAtFirst: Readonly<Record<HomeSection, number>> = { symptom: 9, runbook: 9, drill: 5, session: 5 }

/** A row that says there is more must stand for more than one. */
const leastHidden = 2

/** How many entries of a section that holds so many are seen before it is opened whole. */
export const seenAtFirst = (section: HomeSection, count: number): number =>
  count < mostAtFirst[section] + leastHidden ? count : mostAtFirst[section]

/** A section of the home screen: where its entries stand among all, and how many of them are seen. */
export type HomeFold = {
  readonly section: HomeSection
  readonly first: number
  readonly count: number
  readonly seen: number
}

/** The sections of the home screen; those in `open` are seen whole. Entries stand section by section. */
export const homeFolds = (entries: readonly HomeEntry[], open: readonly HomeSection[]): readonly HomeFold[] =>
  homeSections.map(section => {
    const first = Math.max(
      0,
      entries.findIndex(({ kind }) => kind === section),
    )
    const count = entries.filter(({ kind }) => kind === section).length
    return { section, first, count, seen: open.includes(section) ? count : seenAtFirst(section, count) }
  })

/** Where a choice can stand: on each entry that is seen, and on the first that is not, for all the others. */
export const homeStops = (folds: readonly HomeFold[]): readonly number[] =>
  folds.flatMap(({ first, count, seen }) =>
    Array.from({ length: Math.min(count, seen + 1) }, (_, at) => first + at),
  )

/** The section of which a choice means all that is not seen; `undefined` when it means an entry. */
export const hiddenAt = (folds: readonly HomeFold[], choice: number): HomeFold | undefined =>
  folds.find(({ first, count, seen }) => choice >= first + seen && choice < first + count)
