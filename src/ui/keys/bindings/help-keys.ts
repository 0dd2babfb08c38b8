import { type Action, change } from '../../state/action.ts'
import type { Moment } from '../../state/moment.ts'
import { fieldOf } from '../../state/text-field.ts'
import type { AppBinding } from '../app-binding.ts'

const choose = (by: number): Action => ({ type: 'choose', by })
const page = ({ size }: Moment): number => Math.max(1, Math.floor((size.rows - 8) / 2))
const all = Number.MAX_SAFE_INTEGER

/** Esc first takes the filter away. */
const unfiltered: Action = change({ type: 'overlay', overlay: { kind: 'help', selected: 0 } })

/** Keys of the help while it is not filtered; once it is, those of a list that is searched count. */
export const helpKeys: readonly AppBinding[] = [
  {
    id: 'help-unfilter',
    scope: 'help-filter',
    keys: ['esc'],
    description: 'All keys again',
    short: 'all keys',
    rank: 3,
    tag: 'Answering',
    action: () => unfiltered,
  },
  {
    id: 'help-close',
    scope: 'help',
    keys: ['?'],
    description: 'Close the help',
    tag: 'Answering',
    action: () => change({ type: 'overlay', overlay: undefined }),
  },
  {
    id: 'help-filter',
    scope: 'help',
    keys: ['/'],
    description: 'Type to filter the help',
    short: 'filter',
    rank: 3,
    tag: 'Answering',
    action: () => change({ type: 'overlay', overlay: { kind: 'help', selected: 0, field: fieldOf() } }),
  },
  {
    id: 'help-run',
    scope: 'help',
    keys: ['enter'],
    description: 'Do what is chosen in the help',
    short: 'do it',
    rank: 2,
    tag: 'Answering',
    action: () => ({ type: 'submit' }),
  },
  {
    id: 'help-down',
    scope: 'help',
    keys: ['j', 'down', 'tab'],
    description: 'Further down in the help',
    short: 'choose',
    label: '↑↓',
    rank: 1,
    tag: 'Answering',
    action: () => choose(1),
  },
  {
    id: 'help-up',
    scope: 'help',
    keys: ['k', 'up', 'shift-tab'],
    description: 'Further up in the help',
    tag: 'Answering',
    action: () => choose(-1),
  },
  {
    id: 'help-page-down',
    scope: 'help',
    keys: ['pgdn', 'space', 'ctrl-d'],
    description: 'A page down in the help',
    tag: 'Answering',
    action: moment => choose(page(moment)),
  },
  {
    id: 'help-page-up',
    scope: 'help',
    keys: ['pgup', 'b', 'ctrl-u'],
    description: 'A page up in the help',
    tag: 'Answering',
    action: moment => choose(-page(moment)),
  },
  {
    id: 'help-top',
    scope: 'help',
    keys: ['g', 'home'],
    description: 'Beginning of the help',
    tag: 'Answering',
    action: () => choose(-all),
  },
  {
    id: 'help-bottom',
    scope: 'help',
    keys: ['G', 'end'],
    description: 'End of the help',
    tag: 'Answering',
    action: () => choose(all),
  },
]
