import { dropNode, removePath } from '../files/file-tree.ts'
import { clearObjects, listObjects, removeObject } from '../kube/store.ts'
import { powerDown } from '../laws/power.ts'
import { stopUnit } from '../systemd/stop-unit.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'

/** Programs that an installation brings to a host. */
export const hostTools = ['gravity', 'kubectl', 'helm', 'tele'] as const

const isTunnel = (name: string): boolean => /^(flannel\.|cni0$|veth)/.test(name)

/** Wipes Gravity from a machine: units, Planet with all in it, the state folder, programs, tunnels. Its logs in /var/log stay. */
export const wipeNode = (world: World, host: Machine): void => {
  const atMs = world.nowMs
  for (const unit of [...host.units.values()].filter(({ name }) => name.startsWith('gravity__'))) {
    stopUnit(world, { machine: host, unit, atMs })
    host.units.delete(unit.name)
    dropNode(host.files, unit.fragmentPath)
    dropNode(host.files, `/etc/systemd/system/multi-user.target.wants/${unit.name}`)
  }
  if (host.planet !== undefined) powerDown(world, host.planet)
  host.planet = undefined
  host.interfaces = host.interfaces.filter(({ name }) => !isTunnel(name))
  host.routes = host.routes.filter(({ device }) => !isTunnel(device))
  removePath(host.files, '/var/lib/gravity')
  removePath(host.files, '/root/.kube')
  dropNode(host.files, '/etc/.gravity')
  for (const tool of hostTools)
    for (const folder of ['/usr/bin', '/bin', '/usr/local/bin']) dropNode(host.files, `${folder}/${tool}`)
}

/** Takes a machine out of the cluster: its node, its etcd member, its place in the list. */
export const forgetNode = (world: World, name: string): void => {
  const { gravity } = world.platforms
  const address = gravity?.advertiseAddresses[name]
  for (const node of listObjects(world.kube, 'Node'))
    if (node.metadata.name === address) removeObject(world, node)
  world.etcd.members = world.etcd.members.filter(({ machine }) => machine !== name)
  if (gravity === undefined) return
  delete gravity.advertiseAddresses[name]
  delete gravity.planetUnits[name]
  if (gravity.leader === name) gravity.leader = Object.keys(gravity.advertiseAddresses)[0]
}

/** Forgets a cluster of which no machine is left, so that a new one can be installed. */
export const forgetCluster = (world: World): void => {
  clearObjects(world.kube)
  Object.assign(world.etcd, { members: [], alarms: [], leaderId: undefined })
  const { gravity } = world.platforms
  if (gravity === undefined) return
  gravity.advertiseAddresses = {}
  gravity.planetUnits = {}
  gravity.leader = undefined
  gravity.operations = []
}
