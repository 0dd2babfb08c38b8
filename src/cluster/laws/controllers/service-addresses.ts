import { recordEvent } from '../../kube/events.ts'
import { listObjects } from '../../kube/store.ts'
import { isInNetwork } from '../../network/addresses.ts'
import { serviceRangeOf } from '../../relations/service-range.ts'
import type { World } from '../../world/world.ts'

const BETWEEN_MS = 180_000

/** Every three minutes the API server looks at the addresses of services, and tells of those that lie outside of its range. */
export const checkServiceAddresses = (world: World, passedMs: number): void => {
  if (Math.floor(world.nowMs / BETWEEN_MS) === Math.floor((world.nowMs - passedMs) / BETWEEN_MS)) return
  const range = serviceRangeOf(world)
  for (const service of listObjects(world.kube, 'Service')) {
    const address = service.spec?.clusterIP
    if (address === undefined || address === '' || address === 'None' || isInNetwork(address, range)) continue
    recordEvent(world, {
      about: service,
      type: 'Warning',
      reason: 'ClusterIPOutOfRange',
      message: `Cluster IP [IPv4]: ${address} is not within the service CIDR ${range}; please recreate service`,
      source: 'ipallocator-repair-controller',
    })
  }
}
