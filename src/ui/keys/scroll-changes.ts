import { clamp } from '../layout/window-rows.ts'
import { anchorOf, isAtEnd, moveAnchor } from '../scene/output-window.ts'
import { type Action, change, stay } from '../state/action.ts'
import type { Moment } from '../state/moment.ts'
import type { StepView } from '../state/ui-state.ts'
import { keyOf } from './key-of.ts'

/** A change of how the current step is looked at. */
export const changeView = ({ scene }: Moment, view: Partial<StepView>): Action =>
  scene === undefined ? stay : change({ type: 'view', stepKey: scene.key, change: view })

/** The explanation moved by rows. */
export const scrollExplanation = (moment: Moment, rows: number): Action => {
  const { scene } = moment
  if (scene === undefined) return stay
  const height = scene.layout.panes.explanation?.height ?? 0
  const most = Math.max(0, scene.explanation.length - height)
  return changeView(moment, {
    explanationTop: clamp(clamp(scene.view.explanationTop, 0, most) + rows, 0, most),
  })
}

/** The output moved by rows. Moving up stops following; reaching the end follows again. */
export const scrollOutput = (moment: Moment, rows: number): Action => {
  const { scene } = moment
  if (scene === undefined) return stay
  const { viewport, view } = scene
  const top = moveAnchor(viewport, anchorOf(viewport, view.top), rows)
  return changeView(moment, { top: isAtEnd(viewport, top) ? 'end' : top })
}

/** Why an output is not moved sideways now. */
export const isWrapped = ({ ui, services }: Moment): string | undefined =>
  ui.longLines === 'wrap'
    ? `Long lines are wrapped. Press ${keyOf(services, 'output-wrap')} to cut them first.`
    : undefined
