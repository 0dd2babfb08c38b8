import type { HomeEntry, HomeSection } from '../scene/home-entries.ts'
import { type HomeFold, hiddenAt, homeFolds } from '../scene/home-folds.ts'
import { type Action, change } from '../state/action.ts'
import type { Moment } from '../state/moment.ts'

/** The sections of the home screen as they are seen at a moment. */
export const foldsOf = ({ home, ui }: Moment): readonly HomeFold[] => homeFolds(home, ui.homeOpen)

/** The section that the choice would open whole. */
export const foldedAt = (moment: Moment): HomeFold | undefined =>
  hiddenAt(foldsOf(moment), moment.ui.homeChoice)

/** The entry that is chosen; none where the choice stands for all that are not seen. */
export const chosenEntry = (moment: Moment): HomeEntry | undefined =>
  foldedAt(moment) === undefined ? moment.home[moment.ui.homeChoice] : undefined

/** Shows a section whole, and chooses the first of the entries that become seen. */
export const openFold = ({ ui }: Moment, { section, first, seen }: HomeFold): Action =>
  change(
    { type: 'open-sections', sections: [...ui.homeOpen, section] },
    { type: 'choose-home', choice: first + seen },
  )

/** The section of the choice, where it is seen whole and would be folded otherwise. */
export const openedAt = ({ home, ui }: Moment): HomeSection | undefined => {
  const section = home[ui.homeChoice]?.kind
  const isLong = homeFolds(home, []).some(fold => fold.section === section && fold.seen < fold.count)
  return section !== undefined && isLong && ui.homeOpen.includes(section) ? section : undefined
}

/** Folds the section of the choice, which then stands on the row for the rest where it stood on a part of it. */
export const foldAgain = (moment: Moment): Action => {
  const section = openedAt(moment)
  const sections = moment.ui.homeOpen.filter(each => each !== section)
  return change({ type: 'open-sections', sections })
}
