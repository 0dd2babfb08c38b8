import { readText, writeText } from '../../files/file-tree.ts'
import { getObject, touchObject } from '../../kube/store.ts'
import { isUnitRunning } from '../../relations/cluster-hosts.ts'
import { etcdHealthOf } from '../../relations/etcd-health.ts'
import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'
import type { Law } from '../law.ts'

const HOSTS = '/etc/coredns/coredns.hosts'
const names = ['leader.telekube.local', 'leader.gravity.local', 'registry.local', 'apiserver']

const canLead = (world: World, host: Machine): boolean =>
  host.planet !== undefined &&
  isUnitRunning(host.planet, 'planet-agent.service') &&
  isUnitRunning(host.planet, 'kube-apiserver.service') &&
  (etcdHealthOf(world).members.find(({ member }) => member.machine === host.name)?.hasQuorum ?? false)

const elect = (world: World): void => {
  const { gravity } = world.platforms
  if (gravity === undefined) return
  const hosts = Object.keys(gravity.advertiseAddresses).flatMap(name => world.machines.get(name) ?? [])
  const able = hosts.filter(host => canLead(world, host))
  if (able.some(({ name }) => name === gravity.leader)) return
  gravity.leader = able[0]?.name ?? gravity.leader
}

/** Planet's agent writes the leader's address behind its name into the hosts file of its machine. */
export const writeLeaderName = (world: World, planet: Machine, atMs: number): void => {
  const { gravity } = world.platforms
  const address = gravity?.advertiseAddresses[gravity.leader ?? '']
  if (address === undefined || !isUnitRunning(planet, 'planet-agent.service')) return
  const text = `${address} ${names.join(' ')}\n`
  if (readText(planet.files, HOSTS) !== text) writeText(planet.files, HOSTS, { text, mtimeMs: atMs })
}

/** The controller keeps the leader's address in the cluster's own DNS, where its line still stands. */
const writeClusterName = (world: World): void => {
  const { gravity } = world.platforms
  const address = gravity?.advertiseAddresses[gravity.leader ?? '']
  const map = getObject(world.kube, { kind: 'ConfigMap', namespace: 'kube-system', name: 'coredns' })
  const text = map?.data?.Corefile
  if (address === undefined || map?.data === undefined || text === undefined) return
  const wanted = text.replace(/^(\s+)[\d.]+( leader\.telekube\.local)/m, `$1${address}$2`)
  if (wanted === text || !etcdHealthOf(world).hasQuorum) return
  map.data.Corefile = wanted
  touchObject(world, map)
}

/** The masters elect a leader while etcd agrees; each Planet's agent writes its address behind the leader's name. */
export const leadGravity: Law = world => {
  if (world.platforms.gravity === undefined) return
  elect(world)
  writeClusterName(world)
  for (const { planet } of world.machines.values())
    if (planet?.isPowered === true) writeLeaderName(world, planet, world.nowMs)
}
