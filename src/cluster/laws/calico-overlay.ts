import { getObject, listObjects } from '../kube/store.ts'
import { type ClusterHost, clusterHosts, nodeNameOf } from '../relations/cluster-hosts.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { installCalico } from '../worlds/kube/node-files.ts'
import type { Law } from './law.ts'

const DEVICE = 'vxlan.calico'
const VXLAN_ID = 4096
const VXLAN_PORT = 4789
const VXLAN_BYTES = 50

const rangeOf = (world: World, nodeName: string): string | undefined =>
  getObject(world.kube, { kind: 'Node', name: nodeName })?.spec?.podCIDR

const baseOf = (range: string): string => range.split('/')[0] ?? ''

const addDevice = (machine: Machine, range: string): void => {
  if (machine.interfaces.some(i => i.name === DEVICE)) return
  const wire = machine.interfaces.find(i => i.kind === 'ethernet')
  const index = Math.max(...machine.interfaces.map(i => i.index)) + 1
  const counters = { bytes: 61_204_118, packets: 402_113, errors: 0, dropped: 0 }
  machine.interfaces.push({
    index,
    name: DEVICE,
    kind: 'vxlan',
    mac: `66:1f:8a:3c:0b:${(16 + (index % 200)).toString(16)}`,
    mtu: (wire?.mtu ?? 1500) - VXLAN_BYTES,
    isUp: true,
    hasCarrier: true,
    addresses: [`${baseOf(range)}/32`],
    master: undefined,
    vxlan: { id: VXLAN_ID, port: VXLAN_PORT, device: wire?.name ?? 'eth0' },
    received: { ...counters },
    sent: { ...counters },
  })
}

const addRoutes = (world: World, machine: Machine, own: string): void => {
  for (const node of listObjects(world.kube, 'Node')) {
    const range: string | undefined = node.spec?.podCIDR
    if (range === undefined || range === own || machine.routes.some(r => r.to === range)) continue
    machine.routes.push({
      to: range,
      via: baseOf(range),
      device: DEVICE,
      protocol: 'static',
      scope: 'global',
      source: undefined,
      metric: undefined,
      isOnLink: true,
    })
  }
}

const hasAgent = ({ machine }: ClusterHost): boolean =>
  machine.runtime?.containers.some(c => c.service === 'calico-node' && c.state === 'running') === true

/** Whether the installer that runs before Calico's agent has ended well since a time. */
const hasInstalled = ({ machine }: ClusterHost, sinceMs: number): boolean =>
  machine.runtime?.containers.some(
    ({ name, exitCode, finishedMs = 0 }) => name === 'install-cni' && exitCode === 0 && finishedMs > sinceMs,
  ) === true

/** Where Calico's agent runs, its tunnel device is there and leads to the pod ranges of all other nodes. */
export const keepCalicoOverlay: Law = (world, passedMs) => {
  for (const place of clusterHosts(world)) {
    if (hasInstalled(place, world.nowMs - passedMs)) installCalico(place.machine, world.nowMs)
    if (!place.host.isPowered || !hasAgent(place)) continue
    const range = rangeOf(world, nodeNameOf(place.machine))
    if (range === undefined) continue
    addDevice(place.host, range)
    addRoutes(world, place.host, range)
  }
}
