import { clamp } from '../../layout/window-rows.ts'
import { chosenRow, type MapRow, mapRows } from '../../scene/map-rows.ts'
import { type Action, change, stay } from '../../state/action.ts'
import type { Moment } from '../../state/moment.ts'
import type { MapOverlay } from '../../state/overlay.ts'
import { type AppBinding, whyNot } from '../app-binding.ts'

type Seen = { readonly map: MapOverlay; readonly rows: readonly MapRow[]; readonly at: number }

const seeMap = (moment: Moment): Seen | undefined => {
  const map = moment.ui.overlay
  if (map?.kind !== 'map') return undefined
  const rows = mapRows(map, moment)
  return { map, rows, at: chosenRow(rows, map) }
}

const choose = ({ map, rows }: Seen, at: number): Action => {
  const selected = rows[clamp(at, 0, rows.length - 1)]?.id
  return change({ type: 'overlay', overlay: { ...map, selected } })
}

const move =
  (by: (moment: Moment) => number) =>
  (moment: Moment): Action => {
    const seen = seeMap(moment)
    return seen === undefined ? stay : choose(seen, seen.at + by(moment))
  }

const setFold = ({ map }: Seen, id: string, fold: 'open' | 'folded'): Action =>
  change({ type: 'overlay', overlay: { ...map, selected: id, folds: new Map(map.folds).set(id, fold) } })

/** Folds what is open; a row that is folded or has nothing below gives the choice to the row that it belongs to. */
const foldHere = (moment: Moment): Action => {
  const seen = seeMap(moment)
  const row = seen?.rows[seen.at]
  if (seen === undefined || row === undefined) return stay
  if (row.branch !== undefined)
    return choose(
      seen,
      seen.rows.findIndex(({ id }) => id === row.step.id),
    )
  if (row.fold === 'open') return setFold(seen, row.id, 'folded')
  const parent = seen.rows.findIndex(({ id }) => id === row.step.parent)
  return parent < 0 ? stay : choose(seen, parent)
}

const unfoldHere = (moment: Moment): Action => {
  const seen = seeMap(moment)
  const row = seen?.rows[seen.at]
  if (seen === undefined || row === undefined) return stay
  return row.fold === 'folded' ? setFold(seen, row.id, 'open') : choose(seen, seen.at + 1)
}

const toggle = (moment: Moment): Action => {
  const seen = seeMap(moment)
  const row = seen?.rows[seen.at]
  if (seen === undefined || row?.fold === undefined) return stay
  return setFold(seen, row.id, row.fold === 'open' ? 'folded' : 'open')
}

/** Everything open or everything folded; what is open already is folded to the sections. */
const toggleAll = (moment: Moment): Action => {
  const seen = seeMap(moment)
  const tree = seen && moment.services.context.library.trees.get(seen.map.runbook)
  if (seen === undefined || tree === undefined) return stay
  const fold = seen.rows.some(row => row.fold === 'folded') ? 'open' : 'folded'
  const folds = new Map(tree.steps.map(({ id }) => [id, fold] as const))
  const selected = fold === 'open' ? seen.rows[seen.at]?.id : undefined
  return change({ type: 'overlay', overlay: { ...seen.map, folds, selected } })
}

const toTrouble = (moment: Moment): Action => {
  const seen = seeMap(moment)
  if (seen === undefined) return stay
  const found = seen.rows.flatMap(({ known, branch }, at) =>
    branch === undefined && known.troubles.length > 0 ? [at] : [],
  )
  const next = found.find(at => at > seen.at) ?? found[0]
  const text = 'Nothing has been found in any step that is seen here.'
  return next === undefined ? change({ type: 'notice', notice: { text, tone: 'plain' } }) : choose(seen, next)
}

/** Where Enter in the map leads: to the chosen step, or where the chosen branch goes. */
export const goFromMap = (moment: Moment): Action | undefined => {
  const seen = seeMap(moment)
  const row = seen?.rows[seen.at]
  if (seen === undefined || row === undefined) return undefined
  const to = row.branch?.to ?? { kind: 'step', ref: { runbook: seen.map.runbook, step: row.step.id } }
  if (to.kind !== 'step') return undefined
  return moment.snapshot === undefined
    ? { type: 'open', ref: to.ref }
    : { type: 'intent', intent: { type: 'enter-step', ref: to.ref } }
}

const whyNotGo = (moment: Moment): string | undefined => {
  const action = goFromMap(moment)
  if (action === undefined) return 'This way ends the triage. It is taken on its step.'
  return action.type === 'intent' ? whyNot(action.intent)(moment) : undefined
}

const page = ({ size }: Moment): number => Math.max(1, size.rows - 8)
const all = Number.MAX_SAFE_INTEGER

const binding = (
  [id, ...keys]: readonly [string, ...string[]],
  description: string,
  action: AppBinding['action'],
): AppBinding => ({ id, scope: 'map', keys, description, tag: 'Moving', action })

/** Opens the map of a runbook. */
export const openMap = (runbook: string | undefined): Action =>
  runbook === undefined
    ? stay
    : change({ type: 'overlay', overlay: { kind: 'map', runbook, selected: undefined, folds: new Map() } })

/** Keys of the map. */
export const mapKeys: readonly AppBinding[] = [
  {
    ...binding(['map-go', 'enter'], 'Go to the chosen step, or where the chosen branch leads', () => ({
      type: 'submit',
    })),
    tag: 'Going on',
    short: 'go there',
    rank: 1,
    disabledReason: whyNotGo,
  },
  binding(
    ['map-down', 'j', 'down'],
    'Next row of the map',
    move(() => 1),
  ),
  {
    ...binding(
      ['map-up', 'k', 'up'],
      'Row of the map above',
      move(() => -1),
    ),
    short: 'choose',
    label: '↑↓',
    rank: 2,
  },
  binding(['map-page-down', 'pgdn', 'ctrl-d', 'ctrl-f'], 'A page down in the map', move(page)),
  binding(
    ['map-page-up', 'pgup', 'ctrl-u', 'b', 'ctrl-b'],
    'A page up in the map',
    move(moment => -page(moment)),
  ),
  binding(
    ['map-top', 'g', 'home'],
    'Beginning of the map',
    move(() => -all),
  ),
  binding(
    ['map-bottom', 'G', 'end'],
    'End of the map',
    move(() => all),
  ),
  {
    ...binding(['map-fold', 'h', 'left'], 'Fold what is below, or go to what it belongs to', foldHere),
    short: 'fold',
    label: '← →',
    rank: 3,
  },
  binding(['map-unfold', 'l', 'right'], 'Open what is folded', unfoldHere),
  binding(['map-toggle', 'space'], 'Fold or open what is below', toggle),
  {
    ...binding(['map-toggle-all', 'z'], 'Open everything, or fold everything', toggleAll),
    short: 'open all',
    rank: 5,
  },
  {
    ...binding(['map-trouble', 'e'], 'Next step in which something was found', toTrouble),
    short: 'next trouble',
    rank: 4,
    tag: 'Finding',
  },
  {
    ...binding(['map-here', '.'], 'Back to the step where the triage stands', moment => {
      const map = moment.ui.overlay
      return map?.kind === 'map'
        ? change({ type: 'overlay', overlay: { ...map, selected: undefined } })
        : stay
    }),
  },
  {
    ...binding(['map-close', 'm'], 'Close the map', () => change({ type: 'overlay', overlay: undefined })),
    tag: 'Answering',
  },
]
