import { recordEvent } from '../../kube/events.ts'
import { leaseOf } from '../../relations/components.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'

/** Records an event of the scheduler that leads. */
export const schedulerReports = (
  world: World,
  about: KubeObject,
  said: { readonly type: 'Normal' | 'Warning'; readonly reason: string; readonly message: string },
): void =>
  recordEvent(world, {
    ...said,
    about,
    source: 'default-scheduler',
    host: leaseOf(world, 'kube-scheduler').holder?.split('_')[0],
  })
