import { stepKey } from '../../session/index.ts'
import type { RowGoal } from '../scene/journal-rows.ts'
import { type Action, change } from '../state/action.ts'
import type { Moment } from '../state/moment.ts'

/** Goes to a step, and there to a run's output and one of its lines; in order, and what follows is left out once one is refused. */
export const goToRow = ({ snapshot }: Moment, { ref, runId, line }: RowGoal): readonly Action[] => {
  const current = snapshot?.session.current
  const isHere = current !== undefined && stepKey(current) === stepKey(ref)
  const going: readonly Action[] = isHere ? [] : [{ type: 'intent', intent: { type: 'enter-step', ref } }]
  const close: Action = change({ type: 'overlay', overlay: undefined }, { type: 'zoom', zoom: undefined })
  if (runId === undefined) return [...going, close]
  const top = line === undefined ? 'end' : { around: line }
  const view = { runId, filter: undefined, markedLine: line, left: 'to-mark', top } as const
  return [
    ...going,
    close,
    change({ type: 'focus', focus: 'output' }, { type: 'view', stepKey: stepKey(ref), change: view }),
  ]
}
