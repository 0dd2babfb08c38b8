import { listObjects } from '../../kube/store.ts'
import { isInNetwork } from '../../network/addresses.ts'
import type { World } from '../../world/world.ts'

/** Why a controller manager that is to give nodes their pod ranges ends: one has a range that is not of its cluster. */
export const foreignRange = (world: World, flags: Readonly<Record<string, string>>): string | undefined => {
  const cidr = flags['cluster-cidr']
  if (flags['allocate-node-cidrs'] !== 'true' || cidr === undefined) return undefined
  const node = listObjects(world.kube, 'Node').find(
    ({ spec }) => spec?.podCIDR !== undefined && !isInNetwork(spec.podCIDR.split('/')[0], cidr),
  )
  if (node === undefined) return undefined
  const range = node.spec?.podCIDR
  return `failed to mark cidr[${range}] at idx [0] as occupied for node: ${node.metadata.name}: cidr ${range} is out the range of cluster cidr ${cidr}`
}
