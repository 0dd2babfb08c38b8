import { runningRun } from '../../../session/index.ts'
import { type Action, change } from '../../state/action.ts'
import { leavingOf } from '../../state/leaving-of.ts'
import type { Moment } from '../../state/moment.ts'
import { emptyChoice } from '../../state/overlay.ts'
import type { AppBinding } from '../app-binding.ts'

const shell: Action = { type: 'drill', deed: { kind: 'shell' } }
const begin: Action = { type: 'drill', deed: { kind: 'begin' } }

const whyNoShell = ({ snapshot }: Moment): string | undefined =>
  snapshot !== undefined && runningRun(snapshot.session) !== undefined
    ? 'A command is running. Ctrl-C stops it; then the shell is free.'
    : undefined

const leave = ({ services }: Moment): Action => ({
  type: 'leave',
  to: leavingOf(services),
  asking: 'ask-when-running',
})

/** Keys that count while a drill is being done, beside those of its screens. */
const duringDrill: readonly AppBinding[] = [
  {
    id: 'drill-shell',
    scope: 'drill',
    keys: ['S'],
    description: 'A free shell on the cluster of the drill; exit comes back',
    short: 'shell',
    rank: 5,
    tag: 'Drill',
    action: () => shell,
    disabledReason: whyNoShell,
  },
  {
    id: 'drill-cause',
    scope: 'drill',
    keys: ['D'],
    description: 'Name the cause',
    short: 'name the cause',
    rank: 6,
    isTimely: ({ drill }) => drill?.progress.named.some(({ isRight }) => isRight) !== true,
    tag: 'Drill',
    action: () => change({ type: 'overlay', overlay: emptyChoice('cause') }),
  },
  {
    id: 'drill-hints',
    scope: 'drill',
    keys: ['H'],
    description: 'The hints that were taken, and the next one',
    short: 'hint',
    rank: 7,
    tag: 'Drill',
    action: () => change({ type: 'overlay', overlay: { kind: 'hints' } }),
  },
  {
    id: 'drill-finish',
    scope: 'drill',
    keys: ['X'],
    description: 'Finish the drill: the repair is looked at, then score and debrief',
    short: 'finish',
    rank: 8,
    tag: 'Drill',
    action: () => change({ type: 'overlay', overlay: { kind: 'finish', selected: 0 } }),
  },
  {
    id: 'drill-clock',
    scope: 'drill',
    keys: ['K'],
    description: 'Hide the clock of the drill, or show it',
    tag: 'Drill',
    action: ({ ui }) => change({ type: 'clock', clock: ui.clock === 'shown' ? 'hidden' : 'shown' }),
    disabledReason: ({ drill }) =>
      drill?.progress.clock === 'practice' ? 'This is practice: no clock counts.' : undefined,
  },
  {
    id: 'drill-briefing',
    scope: 'drill',
    keys: ['B'],
    description: 'Read the briefing of the drill again',
    tag: 'Drill',
    action: () => change({ type: 'go', place: { kind: 'briefing', top: 0 } }),
    disabledReason: ({ ui }) => (ui.place.kind === 'briefing' ? 'The briefing is on the screen.' : undefined),
  },
]

const answers: readonly AppBinding[] = [
  {
    id: 'hint-take',
    scope: 'hints',
    keys: ['enter'],
    description: 'Take the next hint',
    short: 'next hint',
    rank: 1,
    tag: 'Answering',
    action: () => ({ type: 'drill', deed: { kind: 'take-hint' } }),
    disabledReason: ({ drill }) => (drill?.progress.hintsLeft === 0 ? 'All hints were taken.' : undefined),
  },
  {
    id: 'finish-yes',
    scope: 'finish',
    keys: ['y'],
    fixed: 'for-safety',
    description: 'Finish the drill',
    tag: 'Answering',
    action: () => ({ type: 'drill', deed: { kind: 'finish' } }),
  },
  {
    id: 'finish-no',
    scope: 'finish',
    keys: ['n', 'esc', 'q'],
    fixed: 'for-safety',
    description: 'Go on with the drill',
    short: 'go on',
    rank: 4,
    tag: 'Answering',
    action: () => change({ type: 'overlay', overlay: undefined }),
  },
]

const scroll = (id: string, keys: readonly string[], by: 'row' | 'page' | 'end'): readonly AppBinding[] => {
  const description = { row: 'A row', page: 'A page', end: 'To the end' }[by]
  const half = keys.length / 2
  return [
    {
      id: `${id}-down`,
      scope: 'reading',
      keys: keys.slice(0, half),
      description: by === 'end' ? description : `${description} down`,
      ...(by === 'row' ? { short: 'scroll', label: '↑↓', rank: 20 } : {}),
      tag: 'Moving',
      action: () => ({ type: 'scroll', by, way: 1 }),
    },
    {
      id: `${id}-up`,
      scope: 'reading',
      keys: keys.slice(half),
      description: by === 'end' ? 'To the beginning' : `${description} up`,
      tag: 'Moving',
      action: () => ({ type: 'scroll', by, way: -1 }),
    },
  ]
}

/** Keys of drills: of the briefing and the debrief, and of everything between. */
export const drillKeys: readonly AppBinding[] = [
  {
    id: 'briefing-begin',
    scope: 'briefing',
    keys: ['enter'],
    description: 'To the runbook that suits the complaint, or back to it',
    short: 'to the runbook',
    rank: 1,
    tag: 'Drill',
    action: () => begin,
  },
  {
    id: 'briefing-clock',
    scope: 'briefing',
    keys: ['c'],
    description: 'Practise without the clock, or let it count again',
    short: 'clock or practice',
    rank: 10,
    tag: 'Drill',
    action: ({ drill }) => ({
      type: 'drill',
      deed: { kind: 'set-clock', clock: drill?.progress.clock === 'timed' ? 'practice' : 'timed' },
    }),
    disabledReason: ({ drill }) =>
      (drill?.progress.lines ?? 0) > 0 ? 'The drill has begun: the clock stays as it is.' : undefined,
  },
  {
    id: 'briefing-leave',
    scope: 'briefing',
    keys: ['q', 'esc'],
    fixed: 'for-safety',
    description: 'Leave the drill without a score; asks once something was run',
    short: 'leave',
    rank: 80,
    tag: 'Drill',
    action: leave,
  },
  {
    id: 'debrief-leave',
    scope: 'debrief',
    keys: ['q', 'enter', 'esc'],
    fixed: 'for-safety',
    description: 'Leave the debrief',
    short: 'leave',
    rank: 1,
    tag: 'Drill',
    action: leave,
  },
  ...scroll('reading', ['j', 'down', 'k', 'up'], 'row'),
  ...scroll('reading-page', ['pgdn', 'space', 'ctrl-d', 'ctrl-f', 'pgup', 'b', 'ctrl-u', 'ctrl-b'], 'page'),
  ...scroll('reading-end', ['G', 'end', 'g', 'home'], 'end'),
  ...duringDrill,
  ...answers,
]
