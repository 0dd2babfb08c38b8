import { listObjects, removeObject } from '../../kube/store.ts'
import { msOf } from '../../kube/times.ts'
import type { World } from '../../world/world.ts'

/** Removes the tokens for new nodes that are past their end. */
export const cleanTokens = (world: World): void => {
  for (const secret of listObjects(world.kube, 'Secret', 'kube-system')) {
    if (secret.type !== 'bootstrap.kubernetes.io/token') continue
    const end = secret.data?.expiration
    if (end !== undefined && msOf(atob(end)) <= world.nowMs) removeObject(world, secret)
  }
}
