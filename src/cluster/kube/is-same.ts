import type { KubeValue } from '../world/kube-object.ts'
import { inOrder } from './in-order.ts'

/** Whether two values say the same, in whatever order their keys stand. */
export const isSame = (one: KubeValue, other: KubeValue): boolean =>
  JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other))
