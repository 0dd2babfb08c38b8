import { type CopyKind, copyText } from '../../scene/copy-texts.ts'
import type { StepScene } from '../../scene/step-scene.ts'
import { type Action, change, stay } from '../../state/action.ts'
import { leavingOf } from '../../state/leaving-of.ts'
import type { Moment } from '../../state/moment.ts'
import { emptyField } from '../../state/overlay.ts'
import { type Focus, focuses } from '../../state/ui-state.ts'
import type { AppBinding } from '../app-binding.ts'
import { askFor } from '../run-entry.ts'
import { showAll } from './reading-keys.ts'

/** The parts of the screen that are there to have the keys, in the order of Tab. A step without commands gives its explanation. */
export const focusRing = ({ layout }: StepScene): readonly Focus[] =>
  focuses.filter(focus => layout.panes[focus === 'commands' ? 'explanation' : focus] !== undefined)

const moveFocus = ({ scene, ui }: Moment, by: number): Action => {
  if (scene === undefined) return stay
  const ring = focusRing(scene)
  const at = ring.indexOf(ui.focus)
  const focus = ring[(at + by + ring.length) % ring.length]
  return focus === undefined ? stay : change({ type: 'focus', focus })
}

const placeholderNames = ({ step }: StepScene): readonly string[] => [
  ...new Set(step.commands.flatMap(command => command.placeholders.map(({ name }) => name))),
]

const editVariables = ({ scene }: Moment): Action =>
  scene === undefined
    ? stay
    : change({
        type: 'overlay',
        overlay: { kind: 'variables', asked: askFor(scene, placeholderNames(scene)), at: 0 },
      })

const leave =
  (asking: 'ask' | 'ask-when-running') =>
  ({ ui, services, drill }: Moment): Action => {
    if (ui.zoom !== undefined) return change({ type: 'zoom', zoom: undefined })
    if (drill !== undefined) return change({ type: 'go', place: { kind: 'briefing', top: 0 } })
    return { type: 'leave', to: leavingOf(services), asking }
  }

/** One level up, the newest first: from the full screen, the filter, another part of the screen, then out of the triage. */
const levelUp = (moment: Moment): Action => {
  const { scene, ui } = moment
  if (ui.zoom !== undefined || ui.focus === 'commands' || scene === undefined) return leave('ask')(moment)
  if (ui.focus === 'output' && scene.view.filter !== undefined) return showAll(moment, scene)
  return change({ type: 'focus', focus: 'commands' })
}

const copyKey = (key: string, kind: CopyKind): AppBinding => ({
  id: `copy-${kind}`,
  scope: 'copy',
  keys: [key],
  fixed: 'by-meaning',
  description: `Copy the ${kind}`,
  tag: 'Session',
  action: ({ scene }) => ({
    type: 'copy',
    text: scene === undefined ? '' : copyText(scene, kind),
    what: kind,
  }),
  disabledReason: ({ scene }) =>
    scene === undefined || copyText(scene, kind) === '' ? `There is no ${kind} to copy.` : undefined,
})

/** Keys of the whole step screen. */
export const stepKeys: readonly AppBinding[] = [
  {
    id: 'focus-next',
    scope: 'step',
    keys: ['tab'],
    description: 'Give the keys to the next part of the screen',
    short: 'next part',
    rank: 30,
    tag: 'Moving',
    action: moment => moveFocus(moment, 1),
  },
  {
    id: 'focus-previous',
    scope: 'step',
    keys: ['shift-tab'],
    description: 'Give the keys to the part before',
    tag: 'Moving',
    action: moment => moveFocus(moment, -1),
  },
  {
    id: 'focus-findings',
    scope: 'step',
    keys: ['f'],
    description: 'Go to the findings, then to those of the whole session',
    tag: 'Moving',
    action: ({ scene }) =>
      scene?.layout.panes.findings === undefined
        ? change({ type: 'overlay', overlay: { kind: 'found', selected: 0 } })
        : change({ type: 'focus', focus: 'findings' }),
  },
  {
    id: 'zoom',
    scope: 'step',
    keys: ['z'],
    description: 'This part of the screen alone, or back',
    short: 'all parts again',
    rank: 2,
    isTimely: ({ ui }) => ui.zoom !== undefined,
    tag: 'Moving',
    action: ({ ui }) => change({ type: 'zoom', zoom: ui.zoom === undefined ? ui.focus : undefined }),
  },
  {
    id: 'variables',
    scope: 'step',
    keys: ['v'],
    description: 'See and change the values of placeholders',
    tag: 'Session',
    action: editVariables,
    disabledReason: ({ scene }) =>
      scene === undefined || placeholderNames(scene).length === 0
        ? 'The commands of this step have no placeholders.'
        : undefined,
  },
  {
    id: 'note',
    scope: 'step',
    keys: ['N'],
    description: 'Write a note into the journal',
    short: 'note',
    rank: 40,
    tag: 'Session',
    action: () => change({ type: 'overlay', overlay: emptyField('note') }),
  },
  {
    id: 'copy',
    scope: 'step',
    keys: ['y', 'c'],
    description: 'Copy the command, its output or the step',
    short: 'copy',
    rank: 35,
    tag: 'Session',
    action: () => change({ type: 'overlay', overlay: { kind: 'copy', selected: 0 } }),
  },
  copyKey('c', 'command'),
  copyKey('o', 'output'),
  copyKey('s', 'step'),
  {
    id: 'leave-asking',
    scope: 'step',
    keys: ['esc'],
    fixed: 'for-safety',
    description: 'One level up: to all lines, to the commands, then out of the triage; asks before',
    short: 'back',
    isTimely: ({ ui }) => ui.focus !== 'commands',
    rank: 2,
    tag: 'Session',
    action: levelUp,
  },
  {
    id: 'leave',
    scope: 'step',
    keys: ['q'],
    fixed: 'for-safety',
    description: 'Leave, or quit: one level up; asks only while a command runs',
    short: 'leave',
    rank: 80,
    tag: 'Session',
    action: leave('ask-when-running'),
  },
]
