import { mainAddressOf } from '../../relations/find-machine.ts'
import type { World } from '../../world/world.ts'

/** What flanneld, Planet and Gravity keep in the store of the second API: values by key. */
const valuesOf = (world: World): ReadonlyMap<string, string> => {
  const { gravity } = world.platforms
  if (gravity === undefined) return new Map()
  const hosts = Object.keys(gravity.advertiseAddresses).flatMap(name => world.machines.get(name) ?? [])
  const leases = hosts.flatMap(host => {
    const subnet = world.kube.objects.get(`Node//${mainAddressOf(host)}`)?.spec?.podCIDR
    const mac = host.interfaces.find(({ name }) => name === 'flannel.1')?.mac
    const lease = { PublicIP: mainAddressOf(host), BackendType: 'vxlan', BackendData: { VtepMAC: mac } }
    return subnet === undefined
      ? []
      : [[`/coreos.com/network/subnets/${subnet.replace('/', '-')}`, JSON.stringify(lease)] as const]
  })
  const planet = `/planet/cluster/${gravity.clusterName}`
  const config = {
    Network: world.kube.podCidr,
    Backend: { Type: 'vxlan', RouteTableFilter: [], Port: gravity.vxlanPort },
  }
  return new Map([
    ['/coreos.com/network/config', JSON.stringify(config)],
    ...leases,
    ...hosts.map(host => [`${planet}/election/${mainAddressOf(host)}`, 'true'] as const),
    [`${planet}/master`, gravity.advertiseAddresses[gravity.leader ?? ''] ?? ''],
  ])
}

const folders = (key: string): readonly string[] => {
  const parts = key.split('/').slice(1)
  return parts.slice(0, -1).map((_, at) => `/${parts.slice(0, at + 1).join('/')}`)
}

/** A key of the store of the second API: its value, or the keys below it; `undefined` where there is none. */
export const secondStoreAt = (
  world: World,
  path: string,
): { readonly value: string | undefined; readonly below: readonly string[] } | undefined => {
  const values = valuesOf(world)
  const key = `/${path.split('/').filter(Boolean).join('/')}`
  const all = [...new Set([...values.keys()].flatMap(known => [...folders(known), known]))].sort()
  const below = all.filter(known => known.startsWith(key === '/' ? '/' : `${key}/`))
  const value = values.get(key)
  return value === undefined && below.length === 0 && key !== '/' ? undefined : { value, below }
}
