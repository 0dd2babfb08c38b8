import type { Destination } from '../../base/index.ts'
import type { Tree } from '../types.ts'

/** A destination in writing: the id of a step of this tree, `other#step`, `#resolved` or `#escalate`. */
export const destinationText = (tree: Tree, to: Destination): string => {
  if (to.kind !== 'step') return `#${to.kind}`
  return to.ref.runbook === tree.name ? to.ref.step : `${to.ref.runbook}#${to.ref.step}`
}
