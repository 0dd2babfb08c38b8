import { arrangeHome } from '../../layout/arrange-home.ts'
import { clamp } from '../../layout/window-rows.ts'
import { type Action, change, stay } from '../../state/action.ts'
import type { Moment } from '../../state/moment.ts'
import { fieldOf } from '../../state/text-field.ts'
import type { AppBinding } from '../app-binding.ts'
import { openMap } from './map-keys.ts'

const choose = ({ home }: Moment, choice: number): Action =>
  change({ type: 'choose-home', choice: clamp(choice, 0, home.length - 1) })

const page = ({ size }: Moment): number => Math.max(1, arrangeHome(size).list.height - 2)

const move = (moment: Moment, by: number): Action => choose(moment, moment.ui.homeChoice + by)

const open = ({ home, ui }: Moment): Action => {
  const entry = home[ui.homeChoice]
  if (entry?.kind === 'session') return { type: 'resume', summary: entry.summary }
  const ref = entry?.kind === 'symptom' ? entry.ref : entry?.start
  return ref === undefined ? stay : { type: 'open', ref }
}

const whyNotOpen = ({ home, ui, services }: Moment): string | undefined => {
  const entry = home[ui.homeChoice]
  if (entry === undefined) return 'There is nothing to open.'
  if (entry.kind === 'session' && services.resumeSession === undefined)
    return 'Earlier sessions cannot be gone on with here.'
  if (entry.kind === 'runbook' && entry.start === undefined) return 'This runbook has no step.'
  return undefined
}

const runbookOf = ({ home, ui }: Moment): string | undefined => {
  const entry = home[ui.homeChoice]
  if (entry?.kind === 'runbook') return entry.runbook.name
  return entry?.kind === 'symptom' ? entry.ref.runbook : undefined
}

/** Keys of the home screen. */
export const homeKeys: readonly AppBinding[] = [
  {
    id: 'home-open',
    scope: 'home',
    keys: ['enter'],
    description: 'Open what is chosen',
    short: 'open',
    rank: 1,
    tag: 'Going on',
    action: open,
    disabledReason: whyNotOpen,
  },
  {
    id: 'home-down',
    scope: 'home',
    keys: ['j', 'down'],
    description: 'Choose the next entry',
    tag: 'Moving',
    action: moment => move(moment, 1),
  },
  {
    id: 'home-up',
    scope: 'home',
    keys: ['k', 'up'],
    description: 'Choose the entry above',
    short: 'choose',
    label: '↑↓',
    rank: 2,
    tag: 'Moving',
    action: moment => move(moment, -1),
  },
  {
    id: 'home-page-down',
    scope: 'home',
    keys: ['pgdn', 'space', 'ctrl-d', 'ctrl-f'],
    description: 'A page down',
    tag: 'Moving',
    action: moment => move(moment, page(moment)),
  },
  {
    id: 'home-page-up',
    scope: 'home',
    keys: ['pgup', 'b', 'ctrl-u', 'ctrl-b'],
    description: 'A page up',
    tag: 'Moving',
    action: moment => move(moment, -page(moment)),
  },
  {
    id: 'home-top',
    scope: 'home',
    keys: ['g', 'home'],
    description: 'The first entry',
    tag: 'Moving',
    action: moment => choose(moment, 0),
  },
  {
    id: 'home-bottom',
    scope: 'home',
    keys: ['G', 'end'],
    description: 'The last entry',
    tag: 'Moving',
    action: moment => choose(moment, moment.home.length - 1),
  },
  {
    id: 'home-search',
    scope: 'home',
    keys: ['/'],
    description: 'Search the steps of all runbooks',
    short: 'search',
    rank: 3,
    tag: 'Finding',
    action: () => change({ type: 'overlay', overlay: { kind: 'jump', field: fieldOf(), selected: 0 } }),
  },
  {
    id: 'home-map',
    scope: 'home',
    keys: ['m'],
    description: 'Map of the chosen runbook',
    short: 'map',
    rank: 4,
    tag: 'Finding',
    action: moment => openMap(runbookOf(moment)),
    disabledReason: moment => (runbookOf(moment) === undefined ? 'What is chosen is no runbook.' : undefined),
  },
  {
    id: 'home-quit',
    scope: 'home',
    keys: ['q'],
    fixed: 'for-safety',
    description: 'Leave runtree',
    short: 'quit',
    rank: 80,
    tag: 'Session',
    action: () => ({ type: 'leave', to: 'quit', asking: 'at-once' }),
  },
]
