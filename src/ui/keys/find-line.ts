import { formatShare } from '../present/words.ts'
import type { Mark } from '../scene/output-marks.ts'
import { anchorOf } from '../scene/output-window.ts'
import type { StepScene } from '../scene/step-scene.ts'
import { type Action, change, stay } from '../state/action.ts'
import type { Moment } from '../state/moment.ts'
import type { Shift } from '../state/ui-state.ts'
import { keyOf } from './key-of.ts'

/** Which way to look. */
export type Direction = 1 | -1

/** The line from which the next is looked for: the marked one, or the edge of what is seen. */
const startLine = ({ view, viewport }: StepScene, direction: Direction): number => {
  if (view.markedLine !== undefined) return view.markedLine
  if (view.top === 'end' && direction === 1) return 0
  return anchorOf(viewport, view.top).line - (direction === 1 ? 1 : 0)
}

const nearest = (lines: readonly number[], from: number, direction: Direction): number | undefined =>
  direction === 1 ? lines.find(line => line > from) : lines.findLast(line => line < from)

/** The nearest line, or the first from the other end when there is none that way. */
const nearestAround = (lines: readonly number[], from: number, direction: Direction): number | undefined =>
  nearest(lines, from, direction) ?? (direction === 1 ? lines[0] : lines.at(-1))

/** Those of some lines that a filter leaves. */
const shown = ({ viewport }: StepScene, lines: readonly number[]): readonly number[] => {
  const { only } = viewport
  if (only === undefined) return lines
  const kept = new Set(only)
  return lines.filter(line => kept.has(line))
}

const goTo = (scene: StepScene, line: number, left: Shift): Action =>
  change(
    { type: 'focus', focus: 'output' },
    { type: 'view', stepKey: scene.key, change: { top: { around: line }, left, markedLine: line } },
  )

const notice = (text: string): Action => change({ type: 'notice', notice: { text, tone: 'warn' } })

/** Goes to the next marked line of the given kinds, beginning again at the other end after the last. */
export const goToMark = (
  { scene, services }: Moment,
  direction: Direction,
  kinds: readonly Mark['kind'][],
): Action => {
  if (scene === undefined) return stay
  const marked = scene.marks.filter(mark => kinds.includes(mark.kind)).map(mark => mark.line)
  const lines = shown(scene, marked)
  const line = nearestAround(lines, startLine(scene, direction), direction)
  if (line !== undefined) return goTo(scene, line, 'to-mark')
  return notice(
    marked.length > 0
      ? `No marked line is among those shown. ${keyOf(services, 'output-filter')} shows all.`
      : 'No such line is marked in this output.',
  )
}

/** Goes to the next line that holds what is searched for, beginning again at the other end after the last. */
export const goToMatch = ({ scene, services }: Moment, direction: Direction, wanted: string): Action => {
  if (scene === undefined) return stay
  const { numbers, share } = scene.linesWith(wanted)
  const lines = shown(scene, numbers)
  const line = (share < 1 ? nearest : nearestAround)(lines, startLine(scene, direction), direction)
  const again = keyOf(services, direction === 1 ? 'next-match' : 'previous-match')
  if (line === undefined && share < 1)
    return notice(
      `Not found in the first ${formatShare(share)}. How the search goes on stands above the output; ${again} looks again.`,
    )
  if (line === undefined) return notice(`"${wanted}" does not occur in this output.`)
  const soFar = share < 1 ? ' so far' : ''
  const said = `line ${line}: match ${lines.indexOf(line) + 1} of ${lines.length}${soFar}`
  const going = goTo(scene, line, 'to-match')
  return going.type === 'change'
    ? change(...going.changes, { type: 'notice', notice: { text: said, tone: 'plain' } })
    : going
}
