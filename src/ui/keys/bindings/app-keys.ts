import { runningRun } from '../../../session/index.ts'
import { change } from '../../state/action.ts'
import { emptyChoice } from '../../state/overlay.ts'
import { fieldOf } from '../../state/text-field.ts'
import type { AppBinding } from '../app-binding.ts'

/** Keys that count everywhere, except where text is typed. */
export const appKeys: readonly AppBinding[] = [
  {
    id: 'help',
    scope: 'app',
    keys: ['?'],
    description: 'Show all keys that count here, to search and to run',
    short: 'help',
    rank: 90,
    tag: 'Session',
    action: () => change({ type: 'overlay', overlay: { kind: 'help', selected: 0 } }),
  },
  {
    id: 'palette',
    scope: 'app',
    keys: [':'],
    description: 'List every action, with its key or why it cannot be done now',
    short: 'actions',
    rank: 85,
    tag: 'Session',
    action: () => change({ type: 'overlay', overlay: { kind: 'palette', field: fieldOf(), selected: 0 } }),
  },
  {
    id: 'target',
    scope: 'app',
    keys: ['T'],
    description: 'Show where commands run; on the home screen, choose it',
    tag: 'Session',
    action: ({ ui }) =>
      change({
        type: 'overlay',
        overlay: ui.place.kind === 'home' ? emptyChoice('targets') : { kind: 'target' },
      }),
  },
  {
    id: 'interrupt',
    scope: 'app',
    keys: ['ctrl-c'],
    fixed: 'for-safety',
    description: 'Stop the running command; twice leaves',
    short: 'stop',
    rank: 0,
    isTimely: ({ snapshot }) => snapshot !== undefined && runningRun(snapshot.session) !== undefined,
    tag: 'Running',
    action: () => ({ type: 'interrupt' }),
  },
  {
    id: 'suspend',
    scope: 'app',
    keys: ['ctrl-z'],
    fixed: 'for-safety',
    description: 'Suspend; "fg" in the shell comes back',
    tag: 'Session',
    action: () => ({ type: 'suspend' }),
  },
  {
    id: 'repaint',
    scope: 'app',
    keys: ['ctrl-l'],
    description: 'Draw the screen again, should something have written over it',
    tag: 'Session',
    action: () => ({ type: 'repaint' }),
  },
]
