import type { Intent } from '../../../session/index.ts'
import { clamp } from '../../layout/window-rows.ts'
import type { Choice } from '../../scene/choices.ts'
import { type Action, change, stay } from '../../state/action.ts'
import type { Moment } from '../../state/moment.ts'
import { fieldOf } from '../../state/text-field.ts'
import { type AppBinding, whyNot } from '../app-binding.ts'
import { changeView } from '../scroll-changes.ts'
import { openMap } from './map-keys.ts'

const jump: Action = change({ type: 'overlay', overlay: { kind: 'jump', field: fieldOf(), selected: 0 } })

const choiceOf = ({ scene }: Moment, key: string): Choice | undefined =>
  scene?.choices.find(choice => choice.key === key)

const take = (choice: Choice | undefined): Action => {
  if (choice === undefined) return stay
  return choice.intent === undefined ? jump : { type: 'intent', intent: choice.intent }
}

const whyNotTake = (moment: Moment, digit: string): string | undefined => {
  const choice = choiceOf(moment, digit)
  if (choice === undefined) return `There is no way ${digit} in the list.`
  return choice.intent === undefined ? undefined : whyNot(choice.intent)(moment)
}

const goForward: Intent = { type: 'go-forward' }
const goNext: Intent = { type: 'go-next' }

const forwardOrNext = (moment: Moment): Intent =>
  whyNot(goForward)(moment) === undefined ? goForward : goNext

const moveChoice = (moment: Moment, by: number): Action => {
  const { scene } = moment
  if (scene === undefined) return stay
  return changeView(moment, { choice: clamp(scene.view.choice + by, 0, scene.choices.length - 1) })
}

const chosen = ({ scene }: Moment): Choice | undefined => scene?.choices[scene.view.choice]

const pathAt = ({ scene, ui }: Moment): number =>
  ui.pathChoice ?? Math.max(0, scene?.path.findIndex(entry => entry.state === 'here') ?? 0)

const movePath = (moment: Moment, by: number): Action => {
  const last = moment.scene?.path.findIndex(entry => entry.state === 'here') ?? 0
  return change({ type: 'choose-path', choice: clamp(pathAt(moment) + by, 0, last) })
}

const goToPath = (moment: Moment): Action => {
  const ref = moment.scene?.path[pathAt(moment)]?.ref
  return ref === undefined ? stay : { type: 'intent', intent: { type: 'enter-step', ref } }
}

const recommend: Intent = { type: 'take-recommended' }

/** Keys that lead from step to step. */
export const goingKeys: readonly AppBinding[] = [
  {
    id: 'take-recommended',
    scope: 'step',
    keys: ['n'],
    description: 'Take the recommended way',
    short: 'recommended way',
    rank: 0,
    tag: 'Going on',
    action: () => ({ type: 'intent', intent: recommend }),
    disabledReason: whyNot(recommend),
  },
  {
    id: 'choose',
    scope: 'step',
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
    fixed: 'by-meaning',
    description: 'Take the way with this number',
    short: 'choose a way',
    label: '1–9',
    rank: 13,
    tag: 'Going on',
    describe: (moment, digit) => {
      const choice = choiceOf(moment, digit)
      return choice && `Take the way: ${choice.title}`
    },
    action: (moment, digit) => take(choiceOf(moment, digit)),
    disabledReason: whyNotTake,
  },
  {
    id: 'go-next',
    scope: 'step',
    keys: [']'],
    description: 'Forward again after going back, else the next step of the document',
    short: 'next step',
    rank: 9,
    tag: 'Going on',
    action: moment => ({ type: 'intent', intent: forwardOrNext(moment) }),
    disabledReason: moment => whyNot(forwardOrNext(moment))(moment),
  },
  {
    id: 'go-back',
    scope: 'step',
    keys: ['[', 'backspace'],
    description: 'Back to the step before',
    short: 'back',
    rank: 10,
    tag: 'Going on',
    action: () => ({ type: 'intent', intent: { type: 'go-back' } }),
    disabledReason: whyNot({ type: 'go-back' }),
  },
  {
    id: 'go-to-branch',
    scope: 'step',
    keys: ['u'],
    description: 'Back to where you last chose a branch',
    tag: 'Going on',
    action: () => ({ type: 'intent', intent: { type: 'go-to-last-branch' } }),
    disabledReason: whyNot({ type: 'go-to-last-branch' }),
  },
  {
    id: 'jump',
    scope: 'step',
    keys: ['/'],
    description: 'Search steps, commands and causes of all runbooks, and go there',
    short: 'search',
    rank: 11,
    tag: 'Going on',
    action: () => jump,
  },
  {
    id: 'map',
    scope: 'step',
    keys: ['m'],
    description: 'Map of the whole runbook with the way so far',
    short: 'map',
    rank: 14,
    tag: 'Going on',
    action: ({ scene }) => openMap(scene?.tree.name),
  },
  {
    id: 'next-down',
    scope: 'next',
    keys: ['j', 'down'],
    description: 'Choose the next way',
    tag: 'Moving',
    action: moment => moveChoice(moment, 1),
  },
  {
    id: 'next-up',
    scope: 'next',
    keys: ['k', 'up'],
    description: 'Choose the way above',
    tag: 'Moving',
    action: moment => moveChoice(moment, -1),
  },
  {
    id: 'next-take',
    scope: 'next',
    keys: ['enter'],
    description: 'Take the chosen way',
    short: 'go there',
    rank: 1,
    tag: 'Going on',
    action: moment => take(chosen(moment)),
    disabledReason: moment => {
      const intent = chosen(moment)?.intent
      return intent === undefined ? undefined : whyNot(intent)(moment)
    },
  },
  {
    id: 'path-down',
    scope: 'path',
    keys: ['j', 'down'],
    description: 'Choose the next step of the path',
    tag: 'Moving',
    action: moment => movePath(moment, 1),
  },
  {
    id: 'path-up',
    scope: 'path',
    keys: ['k', 'up'],
    description: 'Choose the step of the path above',
    tag: 'Moving',
    action: moment => movePath(moment, -1),
  },
  {
    id: 'path-go',
    scope: 'path',
    keys: ['enter'],
    description: 'Go to the chosen step of the path',
    short: 'go there',
    rank: 1,
    tag: 'Going on',
    action: goToPath,
  },
]
