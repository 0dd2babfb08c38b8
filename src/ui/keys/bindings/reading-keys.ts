import { dropColours } from '../../../base/index.ts'
import { cellWidth } from '../../present/cells.ts'
import { markKinds } from '../../scene/output-marks.ts'
import { anchorOf, linesFrom } from '../../scene/output-window.ts'
import type { StepScene } from '../../scene/step-scene.ts'
import { type Action, change, stay } from '../../state/action.ts'
import type { Moment } from '../../state/moment.ts'
import { fieldOf } from '../../state/text-field.ts'
import type { AppBinding } from '../app-binding.ts'
import { goToMark } from '../find-line.ts'
import { changeView, isWrapped } from '../scroll-changes.ts'

const seenEnd = ({ viewport, view }: StepScene): number =>
  Math.max(
    0,
    ...linesFrom(viewport, anchorOf(viewport, view.top)).map(({ text }) => cellWidth(dropColours(text))),
  )

const toLineEnds = (moment: Moment): Action => {
  const { scene } = moment
  return scene === undefined
    ? stay
    : changeView(moment, { left: Math.max(0, seenEnd(scene) - scene.viewport.width) })
}

/** All lines again, with the one that stood out, or the first that was seen, still in view. */
export const showAll = (moment: Moment, { view, viewport }: StepScene): Action => {
  const line = view.markedLine ?? anchorOf(viewport, view.top).line
  const isFollowing = view.markedLine === undefined && view.top === 'end'
  return changeView(moment, { filter: undefined, top: isFollowing ? 'end' : { around: line } })
}

const toggleFilter = (moment: Moment): Action => {
  const { scene } = moment
  if (scene === undefined) return stay
  if (scene.view.filter !== undefined) return showAll(moment, scene)
  return change({ type: 'overlay', overlay: { kind: 'filter', field: fieldOf() } })
}

/** The finding that the line that stands out speaks for; on a low screen the findings get all of it. */
const showMeaning = (moment: Moment): Action => {
  const { scene } = moment
  const mark = scene?.marks.find(({ line }) => line === scene.view.markedLine)
  if (scene === undefined || mark === undefined) return goToMark(moment, 1, markKinds)
  const finding = scene.findings.findIndex(each => each.finding.cause === mark.cause)
  if (finding < 0) return change({ type: 'notice', notice: { text: mark.meaning, tone: 'plain' } })
  const zoom = scene.layout.panes.findings === undefined ? 'findings' : undefined
  return change(
    { type: 'zoom', zoom },
    { type: 'focus', focus: 'findings' },
    { type: 'view', stepKey: scene.key, change: { finding } },
  )
}

/** Keys that change what of an output is shown, and that lead from its lines to what they mean. */
export const readingKeys: readonly AppBinding[] = [
  {
    id: 'output-begin',
    scope: 'output',
    keys: ['0'],
    description: 'Move long lines back to their beginning',
    tag: 'Output',
    action: moment => changeView(moment, { left: 0 }),
    disabledReason: isWrapped,
  },
  {
    id: 'output-end-of-lines',
    scope: 'output',
    keys: ['$'],
    description: 'Move long lines to the end of the longest that is seen',
    tag: 'Output',
    action: toLineEnds,
    disabledReason: isWrapped,
  },
  {
    id: 'output-times',
    scope: 'output',
    keys: ['t'],
    description: 'Show when each line came, or hide it',
    short: 'times',
    rank: 8,
    tag: 'Output',
    action: ({ ui }) => change({ type: 'times', times: ui.times === 'shown' ? 'hidden' : 'shown' }),
  },
  {
    id: 'output-filter',
    scope: 'output',
    keys: ['&'],
    description: 'Show only lines that hold a text, or all again around where you are',
    short: 'filter',
    rank: 3,
    tag: 'Finding',
    action: toggleFilter,
  },
  {
    id: 'output-meaning',
    scope: 'output',
    keys: ['enter'],
    description: 'Stand on the next marked line; standing on one, go to its finding',
    short: 'meaning',
    rank: 2,
    isTimely: ({ scene }) => (scene?.marks.length ?? 0) > 0,
    tag: 'Finding',
    action: showMeaning,
    disabledReason: ({ scene }) =>
      scene?.marks.length === 0 ? 'No line of this output is marked.' : undefined,
  },
]
