import type { World } from '../world/world.ts'
import { apiServers } from './api-server.ts'

/** The range in which services have their addresses: what the API server was told, else that with which the cluster was made. */
export const serviceRangeOf = (world: World): string =>
  apiServers(world)[0]?.flags['service-cluster-ip-range']?.split(',')[0] ?? world.kube.serviceCidr

/** The address of the API server's own service: the first in the range. */
export const firstServiceAddress = (world: World): string => {
  const [a, b, c, d] = (serviceRangeOf(world).split('/')[0] ?? '').split('.')
  return `${a}.${b}.${c}.${Number(d) + 1}`
}
