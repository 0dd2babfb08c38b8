import { changeStatus, listObjects } from '../../kube/store.ts'
import { isoOf } from '../../kube/times.ts'
import { availabilityOf } from '../../relations/metrics-api.ts'
import type { KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'

/** The API server keeps looking whether the servers behind it answer, and says so of each APIService. */
export const syncApiServices = (world: World): void => {
  for (const service of listObjects(world.kube, 'APIService')) {
    const { isAvailable, reason, message } = availabilityOf(world, service)
    const status = isAvailable ? 'True' : 'False'
    const known = service.status?.conditions?.find((c: KubeValue) => c.type === 'Available')
    if (known?.status === status && known.reason === reason && known.message === message) continue
    const lastTransitionTime = known?.status === status ? known.lastTransitionTime : isoOf(world.nowMs)
    changeStatus(world, service, {
      conditions: [{ lastTransitionTime, message, reason, status, type: 'Available' }],
    })
  }
}
