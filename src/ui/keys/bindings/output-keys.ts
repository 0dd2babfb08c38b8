import { anchorOf } from '../../scene/output-window.ts'
import { change, stay } from '../../state/action.ts'
import type { Moment } from '../../state/moment.ts'
import { emptyField } from '../../state/overlay.ts'
import type { AppBinding } from '../app-binding.ts'
import { changeView, isWrapped, scrollOutput } from '../scroll-changes.ts'

const page = ({ scene }: Moment): number => Math.max(1, (scene?.viewport.height ?? 2) - 1)
const half = (moment: Moment): number => Math.max(1, Math.floor(page(moment) / 2))
const sideways = 8

const shift = (moment: Moment, columns: number) =>
  changeView(moment, { left: Math.max(0, (moment.scene?.shift ?? 0) + columns) })

/** The end of the output stays in view, or the place that is seen now does. */
const toggleFollow = (moment: Moment) => {
  const { scene } = moment
  if (scene === undefined) return stay
  const isFollowing = scene.view.top === 'end'
  return changeView(moment, {
    top: isFollowing ? anchorOf(scene.viewport, 'end') : 'end',
    markedLine: undefined,
  })
}

const noOutput = ({ scene }: Moment): string | undefined =>
  scene?.run === undefined ? 'Nothing was run here yet, so there is no output to follow.' : undefined

/** Keys of the output pane. */
export const outputKeys: readonly AppBinding[] = [
  {
    id: 'output-down',
    scope: 'output',
    keys: ['j', 'down'],
    description: 'A line down',
    tag: 'Output',
    action: moment => scrollOutput(moment, 1),
  },
  {
    id: 'output-up',
    scope: 'output',
    keys: ['k', 'up'],
    description: 'A line up; stops following',
    short: 'scroll',
    label: '↑↓',
    rank: 1,
    tag: 'Output',
    action: moment => scrollOutput(moment, -1),
  },
  {
    id: 'output-page-down',
    scope: 'output',
    keys: ['pgdn', 'space', 'ctrl-f'],
    description: 'A page down',
    tag: 'Output',
    action: moment => scrollOutput(moment, page(moment)),
  },
  {
    id: 'output-page-up',
    scope: 'output',
    keys: ['pgup', 'b', 'ctrl-b'],
    description: 'A page up',
    tag: 'Output',
    action: moment => scrollOutput(moment, -page(moment)),
  },
  {
    id: 'output-half-down',
    scope: 'output',
    keys: ['ctrl-d'],
    description: 'Half a page down',
    tag: 'Output',
    action: moment => scrollOutput(moment, half(moment)),
  },
  {
    id: 'output-half-up',
    scope: 'output',
    keys: ['ctrl-u'],
    description: 'Half a page up',
    tag: 'Output',
    action: moment => scrollOutput(moment, -half(moment)),
  },
  {
    id: 'output-top',
    scope: 'output',
    keys: ['g', 'home'],
    description: 'The first line that is kept',
    tag: 'Output',
    action: moment => changeView(moment, { top: { line: 0, skip: 0 }, left: 0 }),
  },
  {
    id: 'output-bottom',
    scope: 'output',
    keys: ['G', 'end'],
    description: 'The last line',
    tag: 'Output',
    action: moment => changeView(moment, { top: 'end' }),
  },
  {
    id: 'output-right',
    scope: 'output',
    keys: ['l', 'right'],
    description: 'Move long lines to see what is further right',
    tag: 'Output',
    action: moment => shift(moment, sideways),
    disabledReason: isWrapped,
  },
  {
    id: 'output-left',
    scope: 'output',
    keys: ['h', 'left'],
    description: 'Move long lines back',
    tag: 'Output',
    action: moment => shift(moment, -sideways),
    disabledReason: isWrapped,
  },
  {
    id: 'output-follow',
    scope: 'output',
    keys: ['F'],
    description: 'Follow the end as it grows, or stop following',
    short: 'follow',
    rank: 4,
    tag: 'Output',
    action: toggleFollow,
  },
  {
    id: 'follow',
    scope: 'step',
    keys: ['F'],
    description: 'Go to the output and follow its end',
    tag: 'Output',
    action: ({ scene }) =>
      scene === undefined
        ? stay
        : change(
            { type: 'focus', focus: 'output' },
            { type: 'view', stepKey: scene.key, change: { top: 'end', markedLine: undefined } },
          ),
    disabledReason: noOutput,
  },
  {
    id: 'output-wrap',
    scope: 'output',
    keys: ['w'],
    description: 'Wrap long lines, or cut them',
    short: 'wrap',
    rank: 5,
    tag: 'Output',
    action: ({ ui }) => change({ type: 'long-lines', longLines: ui.longLines === 'cut' ? 'wrap' : 'cut' }),
  },
  {
    id: 'output-zoom',
    scope: 'output',
    keys: ['f'],
    description: 'Output on the full screen, or back',
    short: 'full screen',
    isTimely: ({ ui }) => ui.zoom === undefined,
    rank: 6,
    tag: 'Output',
    action: ({ ui }) => change({ type: 'zoom', zoom: ui.zoom === undefined ? 'output' : undefined }),
  },
  {
    id: 'output-find',
    scope: 'output',
    keys: ['/'],
    description: 'Search in the output',
    short: 'search',
    rank: 3,
    tag: 'Finding',
    action: () => change({ type: 'overlay', overlay: emptyField('find') }),
  },
]
