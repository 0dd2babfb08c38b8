import { helpEntries, paletteEntries } from '../keys/palette-entries.ts'
import { clamp } from '../layout/window-rows.ts'
import { presentReport } from '../present/overlays/present-report.ts'
import { roomOfOverlay } from '../present/present-overlay.ts'
import { causeOptions } from '../scene/cause-options.ts'
import { foundRows } from '../scene/found-rows.ts'
import { journalRows } from '../scene/journal-rows.ts'
import { placeOptions } from '../scene/place-options.ts'
import { searchEntries } from '../scene/search-entries.ts'
import { targetOptions } from '../scene/target-options.ts'
import { type Action, change, stay } from '../state/action.ts'
import type { Moment } from '../state/moment.ts'
import { isList, type ListOverlay } from '../state/overlay.ts'

/** How many entries the list of an overlay has at a moment. */
const countOf = (overlay: ListOverlay, moment: Moment): number => {
  switch (overlay.kind) {
    case 'help':
      return helpEntries(moment, overlay.field?.text ?? '').length
    case 'palette':
      return paletteEntries(moment, overlay.field.text).length
    case 'jump':
      return searchEntries(moment, overlay.field.text).length
    case 'targets':
      return targetOptions(overlay.field.text, moment).length
    case 'cause':
      return causeOptions(overlay.field.text, moment).length
    case 'journal':
      return journalRows(moment).length
    case 'found':
      return moment.snapshot === undefined
        ? 0
        : foundRows(moment.snapshot.session, moment.services.context.library).length
    case 'report':
      return presentReport(overlay, moment, roomOfOverlay(overlay, moment)).lastTop + 1
    case 'place':
      return placeOptions(overlay, moment).length
  }
}

/** The list that lies over the screen with another entry chosen, within its ends. */
export const moveChoice = (moment: Moment, by: number): Action => {
  const { overlay } = moment.ui
  if (overlay === undefined || !isList(overlay)) return stay
  const last = Math.max(0, countOf(overlay, moment) - 1)
  const selected = clamp(clamp(overlay.selected, 0, last) + by, 0, last)
  return change({ type: 'overlay', overlay: { ...overlay, selected } })
}
