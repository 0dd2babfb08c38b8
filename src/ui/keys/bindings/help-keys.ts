import { type Action, change } from '../../state/action.ts'
import { fieldOf } from '../../state/text-field.ts'
import type { AppBinding } from '../app-binding.ts'

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
]
