import { type Action, change, stay } from '../../state/action.ts'
import type { Moment } from '../../state/moment.ts'
import type { AppBinding } from '../app-binding.ts'

const moveList = ({ ui }: Moment, by: number): Action =>
  ui.overlay?.kind === 'jump' || ui.overlay?.kind === 'place'
    ? change({ type: 'overlay', overlay: { ...ui.overlay, selected: Math.max(0, ui.overlay.selected + by) } })
    : stay

const submit: Action = { type: 'submit' }

/** Keys of a list above which a text is typed. */
export const listKeys: readonly AppBinding[] = [
  {
    id: 'jump-down',
    scope: 'jump',
    keys: ['down', 'tab', 'ctrl-n'],
    description: 'Next step that fits',
    tag: 'Answering',
    action: moment => moveList(moment, 1),
  },
  {
    id: 'jump-up',
    scope: 'jump',
    keys: ['up', 'shift-tab', 'ctrl-p'],
    description: 'Step above',
    short: 'choose',
    label: '↑↓',
    rank: 2,
    tag: 'Answering',
    action: moment => moveList(moment, -1),
  },
  {
    id: 'jump-go',
    scope: 'jump',
    keys: ['enter'],
    description: 'Go to the chosen step',
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
    action: moment => moveList(moment, 1),
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
    action: moment => moveList(moment, -1),
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
