import { recordEvent } from '../../kube/events.ts'
import { isOwnedBy, listObjects } from '../../kube/store.ts'
import { isFinished } from '../../relations/pods.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { deleteOwned, sourceOf } from './make-pod.ts'

/** How a controller clears: the event that it tells, and whether it is time to clear a pod. */
type Clearing = {
  readonly reason: string
  readonly say: (pod: KubeObject) => string
  readonly isDue?: (pod: KubeObject) => boolean
}

/** Takes a set's pods away that have failed, so that others can come in their place; tells it of each in the words of its controller. */
export const clearFailed = (
  world: World,
  set: KubeObject,
  { reason, say, isDue = () => true }: Clearing,
): void => {
  for (const pod of listObjects(world.kube, 'Pod', set.metadata.namespace)) {
    if (!isOwnedBy(pod, set) || !isFinished(pod) || !isDue(pod)) continue
    recordEvent(world, {
      about: set,
      type: 'Warning',
      reason,
      message: say(pod),
      source: sourceOf(set.kind),
    })
    deleteOwned(world, set, pod)
  }
}
