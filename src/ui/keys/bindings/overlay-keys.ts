import { type Action, change, stay } from '../../state/action.ts'
import { asMenu, moveMenu } from '../../state/menus.ts'
import type { Moment } from '../../state/moment.ts'
import { type Overlay, withField } from '../../state/overlay.ts'
import { fieldOf } from '../../state/text-field.ts'
import type { AppBinding } from '../app-binding.ts'

const close: Action = change({ type: 'overlay', overlay: undefined })

const replace = (overlay: Overlay): Action => change({ type: 'overlay', overlay })

/** One level up: a file that is not written leads back to the report that it was to hold. */
const cancel = ({ ui }: Moment): Action =>
  ui.overlay?.kind === 'save' ? replace({ kind: 'report', text: ui.overlay.text, selected: 0 }) : close

const moveField = ({ ui }: Moment, by: number): Action => {
  const { overlay } = ui
  if (overlay?.kind !== 'variables') return stay
  const count = overlay.asked.length
  return replace({ ...overlay, at: (overlay.at + by + count) % count })
}

/** The suggestion behind the one that stands in the field; the first again after the last. */
const takeSuggestion = ({ ui }: Moment): Action => {
  const { overlay } = ui
  if (overlay?.kind !== 'variables') return stay
  const { suggestions = [], field } = overlay.asked[overlay.at] ?? {}
  const next = suggestions[(suggestions.indexOf(field?.text ?? '') + 1) % suggestions.length]
  return next === undefined ? stay : replace(withField(overlay, fieldOf(next)))
}

const moveChoice = ({ ui }: Moment, by: number): Action => {
  const menu = asMenu(ui.overlay)
  return menu === undefined ? stay : replace(moveMenu(menu, by))
}

const submit: Action = { type: 'submit' }

/** What Enter does with the text in a field. */
const deeds: Partial<Readonly<Record<Overlay['kind'], string>>> = {
  find: 'search',
  filter: 'filter',
  edit: 'run',
  'ad-hoc': 'run',
  note: 'keep',
  save: 'save',
  trust: 'answer',
}

/** Keys of what lies over the screen. */
export const overlayKeys: readonly AppBinding[] = [
  {
    id: 'overlay-close',
    scope: 'overlay',
    keys: ['esc', 'q'],
    fixed: 'for-safety',
    description: 'Close this',
    short: 'close',
    rank: 80,
    tag: 'Answering',
    action: () => close,
  },
  {
    id: 'variables-next',
    scope: 'variables',
    keys: ['down', 'tab'],
    description: 'Next value',
    short: 'next value',
    isTimely: ({ ui }) => ui.overlay?.kind === 'variables' && ui.overlay.asked.length > 1,
    rank: 2,
    tag: 'Answering',
    action: moment => moveField(moment, 1),
  },
  {
    id: 'variables-previous',
    scope: 'variables',
    keys: ['up', 'shift-tab'],
    description: 'Value above',
    tag: 'Answering',
    action: moment => moveField(moment, -1),
  },
  {
    id: 'variables-suggest',
    scope: 'variables',
    keys: ['ctrl-n'],
    description: 'Put the next suggestion in',
    short: 'suggest',
    rank: 3,
    tag: 'Answering',
    action: takeSuggestion,
    disabledReason: ({ ui }) =>
      ui.overlay?.kind === 'variables' && (ui.overlay.asked[ui.overlay.at]?.suggestions ?? []).length === 0
        ? 'Nothing is suggested for this value: no output named one so far.'
        : undefined,
  },
  {
    id: 'variables-set',
    scope: 'variables',
    keys: ['enter'],
    description: 'Take the values',
    short: 'take the values',
    rank: 1,
    tag: 'Answering',
    action: () => submit,
  },
  {
    id: 'approval-answer',
    scope: 'approval',
    keys: ['enter'],
    fixed: 'for-safety',
    description: 'Run it, when the word has been typed',
    short: 'answer',
    rank: 1,
    tag: 'Answering',
    action: () => submit,
  },
  {
    id: 'approval-refuse',
    scope: 'approval',
    keys: ['esc'],
    fixed: 'for-safety',
    description: 'Do not run it',
    short: 'do not run it',
    rank: 0,
    tag: 'Answering',
    action: () => ({ type: 'intent', intent: { type: 'answer-approval', answer: '' } }),
  },
  {
    id: 'field-done',
    scope: 'field',
    keys: ['enter'],
    fixed: 'for-safety',
    description: 'Done',
    short: 'done',
    shortNow: ({ ui }) => ui.overlay && deeds[ui.overlay.kind],
    rank: 1,
    tag: 'Answering',
    action: () => submit,
  },
  {
    id: 'field-close',
    scope: 'field',
    keys: ['esc'],
    fixed: 'for-safety',
    description: 'Close without doing anything',
    short: 'cancel',
    rank: 80,
    tag: 'Answering',
    action: cancel,
  },
  {
    id: 'menu-down',
    scope: 'menu',
    keys: ['down', 'j', 'tab'],
    description: 'Choose the next item',
    tag: 'Answering',
    action: moment => moveChoice(moment, 1),
  },
  {
    id: 'menu-up',
    scope: 'menu',
    keys: ['up', 'k', 'shift-tab'],
    description: 'Choose the item above',
    short: 'choose',
    label: '↑↓',
    rank: 2,
    tag: 'Answering',
    action: moment => moveChoice(moment, -1),
  },
  {
    id: 'menu-take',
    scope: 'menu',
    keys: ['enter'],
    description: 'Take the chosen item',
    short: 'take',
    rank: 1,
    tag: 'Answering',
    action: () => submit,
  },
  {
    id: 'leave-yes',
    scope: 'leave',
    keys: ['y'],
    fixed: 'for-safety',
    description: 'Leave',
    short: 'leave',
    rank: 3,
    tag: 'Answering',
    action: ({ ui }) => ({
      type: 'leave',
      to: ui.overlay?.kind === 'leave' ? ui.overlay.to : 'home',
      asking: 'at-once',
    }),
  },
  {
    id: 'leave-no',
    scope: 'leave',
    keys: ['n', 'esc', 'q'],
    fixed: 'for-safety',
    description: 'Stay',
    short: 'stay',
    rank: 4,
    tag: 'Answering',
    action: () => close,
  },
]
