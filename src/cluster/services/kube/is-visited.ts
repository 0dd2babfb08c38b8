import { listObjects } from '../../kube/store.ts'
import { inStep } from '../../relations/in-step.ts'
import type { KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import type { Running } from '../service.ts'

/** Whether visitors come to a pod: only where a service leads to it. */
export const isVisited = (world: World, { container }: Running): boolean =>
  inStep(world, `visited/${container?.id}`, () =>
    listObjects(world.kube, 'Endpoints', container?.namespace).some(({ subsets = [] }) =>
      subsets.some(({ addresses = [] }: KubeValue) =>
        addresses.some(({ targetRef }: KubeValue) => targetRef?.name === container?.podName),
      ),
    ),
  )
