import type { Action } from '../../state/action.ts'
import type { Moment } from '../../state/moment.ts'
import type { AppBinding } from '../app-binding.ts'

const choose = (by: number): Action => ({ type: 'choose', by })

const submit: Action = { type: 'submit' }
const page = ({ size }: Moment): number => Math.max(1, size.rows - 8)

/** Keys of a list above which a text is typed. */
export const listKeys: readonly AppBinding[] = [
  {
    id: 'palette-run',
    scope: 'palette',
    keys: ['enter'],
    description: 'Do what is chosen',
    short: 'do it',
    rank: 1,
    tag: 'Answering',
    action: () => submit,
  },
  {
    id: 'search-down',
    scope: 'search',
    keys: ['down', 'tab', 'ctrl-n'],
    description: 'Next entry that fits',
    tag: 'Answering',
    action: () => choose(1),
  },
  {
    id: 'search-up',
    scope: 'search',
    keys: ['up', 'shift-tab', 'ctrl-p'],
    description: 'Entry above',
    short: 'choose',
    label: '↑↓',
    rank: 2,
    tag: 'Answering',
    action: () => choose(-1),
  },
  {
    id: 'search-page-down',
    scope: 'search',
    keys: ['pgdn'],
    description: 'A page down in the list',
    tag: 'Answering',
    action: moment => choose(page(moment)),
  },
  {
    id: 'search-page-up',
    scope: 'search',
    keys: ['pgup'],
    description: 'A page up in the list',
    tag: 'Answering',
    action: moment => choose(-page(moment)),
  },
  {
    id: 'search-go',
    scope: 'search',
    keys: ['enter'],
    description: 'Go to the chosen entry',
    short: 'go there',
    rank: 1,
    tag: 'Answering',
    action: () => submit,
  },
  {
    id: 'place-down',
    scope: 'place',
    keys: ['down', 'tab', 'ctrl-n'],
    description: 'Next place that fits',
    tag: 'Answering',
    action: () => choose(1),
  },
  {
    id: 'place-up',
    scope: 'place',
    keys: ['up', 'shift-tab', 'ctrl-p'],
    description: 'The one above',
    short: 'choose',
    label: '↑↓',
    rank: 2,
    tag: 'Answering',
    action: () => choose(-1),
  },
  {
    id: 'place-take',
    scope: 'place',
    keys: ['enter'],
    description: 'Run there, now and for the rest of the session',
    short: 'run there',
    rank: 1,
    tag: 'Answering',
    action: () => submit,
  },
]
