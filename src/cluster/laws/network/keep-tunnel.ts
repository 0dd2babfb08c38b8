import { touchObject } from '../../kube/store.ts'
import { type ClusterHost, isUnitRunning } from '../../relations/cluster-hosts.ts'
import { cniConfigOf } from '../../relations/cni.ts'
import type { Overlay } from '../../world/container.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { Machine } from '../../world/machine.ts'
import type { Route } from '../../world/network.ts'
import type { World } from '../../world/world.ts'
import { deviceOf, macOf, routeOf, VXLAN_BYTES } from './overlay-parts.ts'

/** The tunnel that a network plugin makes. */
type Tunnel = { readonly name: string; readonly port: number; readonly id: number }

const FLANNEL_PORT = 8472
const CALICO_PORT = 4789

const tunnelOf = (world: World, machine: Machine): Tunnel | undefined => {
  const plugins = cniConfigOf(machine)?.plugins ?? []
  if (plugins.includes('calico')) return { name: 'vxlan.calico', port: CALICO_PORT, id: 4096 }
  if (plugins.includes('flannel') || isUnitRunning(machine, 'flanneld.service'))
    return { name: 'flannel.1', port: world.platforms.gravity?.vxlanPort ?? FLANNEL_PORT, id: 1 }
  return undefined
}

const CALICO = 'vxlan.calico'
const FELIX_LOOKS_MS = 10_000
const FELIX_ROUTES_MS = 90_000

const agents = new Set(['calico-node', 'flannel', 'kube-flannel'])
const embedded = ['k3s.service', 'k3s-agent.service', 'flanneld.service']

/** The plugin's agent that runs on a place, told from every other start of it. Without it nothing new is made, and nothing is taken away. */
const agentOf = ({ machine }: ClusterHost): string | undefined => {
  const container = machine.runtime?.containers.find(c => agents.has(c.service) && c.state === 'running')
  if (container !== undefined) return container.id
  const unit = embedded.find(name => isUnitRunning(machine, name))
  return unit === undefined ? undefined : `${unit} ${machine.units.get(unit)?.startedMs ?? 0}`
}

/** Whether a program that is no part of the cluster holds the tunnel's port, so that the kernel cannot. */
const isPortTaken = (host: Machine, port: number): boolean =>
  host.processes.some(process => process.listens.some(l => l.protocol === 'udp' && l.port === port))

const makeTunnel = (host: Machine, tunnel: Tunnel, cidr: string): void => {
  if (host.interfaces.some(device => device.name === tunnel.name) || isPortTaken(host, tunnel.port)) return
  // Who asks the kernel for such a device has it load what makes them.
  if (!host.modules.some(({ name }) => name === 'vxlan'))
    host.modules.unshift({ name: 'vxlan', sizeBytes: 86_016, usedBy: [] })
  const ethernet = host.interfaces.find(device => device.kind === 'ethernet')
  const address = cidr.split('/')[0] ?? ''
  host.interfaces.push(
    deviceOf(host, {
      name: tunnel.name,
      kind: 'vxlan',
      mac: macOf(address),
      mtu: (ethernet?.mtu ?? 1_500) - VXLAN_BYTES,
      addresses: [`${address}/32`],
      vxlan: { id: tunnel.id, port: tunnel.port, device: ethernet?.name ?? '' },
    }),
  )
}

/** Routes to the pods of the other nodes, through the tunnel. */
const peerRoutes = (world: World, here: KubeObject, tunnel: Tunnel): readonly Route[] =>
  [...world.kube.objects.values()]
    .filter(object => object.kind === 'Node' && object !== here && object.spec?.podCIDR !== undefined)
    .map(({ spec }) => {
      const gateway = (spec.podCIDR as string).split('/')[0] ?? ''
      return routeOf({ to: spec.podCIDR, via: gateway, device: tunnel.name, scope: 'global', isOnLink: true })
    })

/** Whether Felix has missed its tunnel, or found it down, for as long as it takes to look again. */
const isFelixDue = ({ nowMs }: World, { machine, host }: ClusterHost): boolean => {
  const timers = machine.runtime?.timers ?? {}
  if (host.interfaces.some(({ name, isUp }) => name === CALICO && isUp)) {
    delete timers[CALICO]
    return false
  }
  timers[CALICO] ??= nowMs
  return nowMs - timers[CALICO] >= FELIX_LOOKS_MS
}

/** Makes the routes to the nodes that the agent has not made yet, and takes those to nodes that are gone. */
const keepRoutes = (host: Machine, overlay: Overlay, wanted: readonly Route[]): void => {
  const gone = overlay.routed.filter(to => !wanted.some(route => route.to === to))
  const missing = wanted.filter(({ to }) => !overlay.routed.includes(to))
  const isOld = (route: Route): boolean =>
    route.device === overlay.device &&
    (gone.includes(route.to) || missing.some(({ to, via }) => to === route.to && via === route.via))
  if (gone.length + missing.length === 0) return
  host.routes = [...host.routes.filter(route => !isOld(route)), ...missing]
  overlay.routed = wanted.map(({ to }) => to)
}

const VTEP = 'flannel.alpha.coreos.com/backend-data'

/** Flannel tells the others by a note on its node where its end of the tunnel is, as long as it keeps such notes there. */
const tellVtep = (world: World, node: KubeObject, vtep: { VNI: number; VtepMAC: string }): void => {
  const { annotations } = node.metadata
  const text = JSON.stringify(vtep)
  const isNoted = annotations?.['flannel.alpha.coreos.com/kube-subnet-manager'] === 'true'
  if (!isNoted || annotations?.[VTEP] === text) return
  node.metadata.annotations = { ...annotations, [VTEP]: text }
  touchObject(world, node)
}

/** What a place needs for its tunnel: its node, the network of its pods, and how much time has passed. */
type Joining = { readonly node: KubeObject; readonly cidr: string; readonly passedMs: number }

/**
 * An agent makes the tunnel and its routes when it begins, and routes as nodes come and go. Flannel looks at nothing of it again.
 * Felix looks every ten seconds whether its tunnel is there and up, and at its routes each minute and a half.
 */
export const keepTunnel = (world: World, place: ClusterHost, { node, cidr, passedMs }: Joining): void => {
  const { machine, host } = place
  const { runtime } = machine
  const tunnel = tunnelOf(world, machine)
  const agent = agentOf(place)
  if (runtime === undefined || tunnel === undefined || agent === undefined) return
  const known = runtime.overlay
  const kept = known?.agent === agent && known.device === tunnel.name ? known : undefined
  const overlay = kept ?? { agent, device: tunnel.name, routed: [] }
  const isCalico = tunnel.name === CALICO
  const isDue = kept === undefined || (isCalico && isFelixDue(world, place))
  if (isDue) makeTunnel(host, tunnel, cidr)
  const device = host.interfaces.find(({ name }) => name === tunnel.name)
  if (device === undefined) return
  if (isDue) device.isUp = true
  if (isDue && !isCalico) tellVtep(world, node, { VNI: tunnel.id, VtepMAC: device.mac })
  runtime.overlay = overlay
  const isRefreshed =
    isCalico &&
    Math.floor(world.nowMs / FELIX_ROUTES_MS) > Math.floor((world.nowMs - passedMs) / FELIX_ROUTES_MS)
  if (isDue || isRefreshed) overlay.routed = []
  if (device.isUp) keepRoutes(host, overlay, peerRoutes(world, node, tunnel))
}
