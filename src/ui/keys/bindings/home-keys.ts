import { arrangeHome, introRoom } from '../../layout/arrange-home.ts'
import { clamp } from '../../layout/window-rows.ts'
import { presentIntro } from '../../present/present-intro.ts'
import { type HomeSection, homeSections } from '../../scene/home-entries.ts'
import { homeStops } from '../../scene/home-folds.ts'
import { offeredOf } from '../../scene/offered-drill.ts'
import { type Action, change, stay } from '../../state/action.ts'
import type { Moment } from '../../state/moment.ts'
import { fieldOf } from '../../state/text-field.ts'
import type { AppBinding } from '../app-binding.ts'
import { chosenEntry, foldAgain, foldedAt, foldsOf, openedAt, openFold } from '../home-choice.ts'
import { keyOf } from '../key-of.ts'
import { openMap } from './map-keys.ts'

const choose = ({ home }: Moment, choice: number): Action =>
  change({ type: 'choose-home', choice: clamp(choice, 0, home.length - 1) })

const page = (moment: Moment): number => {
  const { size } = moment
  const said = presentIntro(moment, introRoom(size))
  return Math.max(1, arrangeHome(size, said.length).list.height - 2)
}

const sectionNames: Readonly<Record<HomeSection, string>> = {
  symptom: 'To the complaints',
  runbook: 'To the runbooks',
  drill: 'To the drills',
  session: 'To the earlier sessions',
}

const firstOf = ({ home }: Moment, section: HomeSection | undefined): number =>
  home.findIndex(entry => entry.kind === section)

const sectionOf = (digit: string): HomeSection | undefined => homeSections[Number(digit) - 1]

/** The first entry of the next section that holds one, in a direction; beyond the last comes the first. */
const moveSection = (moment: Moment, by: 1 | -1): Action => {
  const { home, ui } = moment
  const here = home[clamp(ui.homeChoice, 0, home.length - 1)]?.kind ?? 'symptom'
  const filled = homeSections.filter(section => firstOf(moment, section) >= 0)
  const at = filled.indexOf(here)
  return choose(moment, firstOf(moment, filled[(at + by + filled.length) % filled.length]))
}

const move = (moment: Moment, by: number): Action => {
  const stops = homeStops(foldsOf(moment))
  const here = stops.findLastIndex(stop => stop <= moment.ui.homeChoice)
  return choose(moment, stops[clamp(here + by, 0, stops.length - 1)] ?? 0)
}

const open = (moment: Moment): Action => {
  const fold = foldedAt(moment)
  if (fold !== undefined) return openFold(moment, fold)
  const entry = chosenEntry(moment)
  if (entry?.kind === 'session') return { type: 'resume', summary: entry.summary }
  if (entry?.kind === 'drill') return { type: 'open-drill', name: entry.drill.name }
  const ref = entry?.kind === 'symptom' ? entry.ref : entry?.start
  return ref === undefined ? stay : { type: 'open', ref }
}

const whyNotOpen = (moment: Moment): string | undefined => {
  const { home, ui, services } = moment
  const entry = home[ui.homeChoice]
  if (foldedAt(moment) !== undefined) return undefined
  if (entry === undefined) return 'There is nothing to open.'
  if (entry.kind === 'session' && services.resumeSession === undefined)
    return 'Earlier sessions cannot be gone on with here.'
  if (entry.kind === 'runbook' && entry.start === undefined) return 'This runbook has no step.'
  return undefined
}

const runbookOf = (moment: Moment): string | undefined => {
  const entry = chosenEntry(moment)
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
    id: 'home-fold',
    scope: 'home',
    keys: ['esc'],
    description: 'Fold a section again that was opened whole',
    short: 'fold',
    rank: 3,
    isTimely: moment => openedAt(moment) !== undefined,
    tag: 'Going on',
    action: foldAgain,
    disabledReason: moment =>
      openedAt(moment) === undefined
        ? `There is nothing to fold. ${keyOf(moment.services, 'home-quit')} leaves runtree.`
        : undefined,
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
    action: moment => choose(moment, homeStops(foldsOf(moment)).at(-1) ?? 0),
  },
  {
    id: 'home-section',
    scope: 'home',
    keys: ['1', '2', '3', '4'],
    fixed: 'by-meaning',
    description: 'What is wrong, runbooks, drills, earlier sessions',
    describe: (_, digit) => sectionNames[sectionOf(digit) ?? 'symptom'],
    short: 'section',
    label: '1–4',
    rank: 4,
    tag: 'Moving',
    action: (moment, digit) => choose(moment, firstOf(moment, sectionOf(digit))),
    disabledReason: (moment, digit) =>
      firstOf(moment, sectionOf(digit)) < 0 ? 'That section holds nothing yet.' : undefined,
  },
  {
    id: 'home-next-section',
    scope: 'home',
    keys: ['tab'],
    description: 'The next section',
    tag: 'Moving',
    action: moment => moveSection(moment, 1),
  },
  {
    id: 'home-previous-section',
    scope: 'home',
    keys: ['shift-tab'],
    description: 'The section before',
    tag: 'Moving',
    action: moment => moveSection(moment, -1),
  },
  {
    id: 'home-drill',
    scope: 'home',
    keys: ['d'],
    description: 'Begin the fire drill that is next for you',
    short: 'drill',
    rank: 5,
    tag: 'Going on',
    action: ({ home }) => {
      const offered = offeredOf(home)
      return offered === undefined ? stay : { type: 'open-drill', name: offered.name }
    },
    disabledReason: ({ home }) =>
      offeredOf(home) === undefined ? 'No drill came with this runtree.' : undefined,
  },
  {
    id: 'home-search',
    scope: 'home',
    keys: ['/'],
    description: 'Search steps, commands, causes, complaints, drills and earlier sessions',
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
