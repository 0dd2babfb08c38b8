import { addressOfNumber, numberOfAddress } from '../../network/addresses.ts'
import { portName } from '../../network/pod-port.ts'
import { type ClusterHost, clusterHosts, isUnitRunning, nodeNameOf } from '../../relations/cluster-hosts.ts'
import { cniConfigOf } from '../../relations/cni.ts'
import type { Sandbox } from '../../world/container.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { Machine } from '../../world/machine.ts'
import type { NetworkInterface, Route } from '../../world/network.ts'
import type { World } from '../../world/world.ts'
import type { Law } from '../law.ts'

/** The tunnel that a network plugin makes. */
type Tunnel = { readonly name: string; readonly port: number; readonly id: number }

const VXLAN_BYTES = 50
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

const agents = new Set(['calico-node', 'flannel', 'kube-flannel'])
const embedded = ['k3s.service', 'k3s-agent.service', 'flanneld.service']

/** Whether the plugin's agent runs on a place. Without it nothing new is made, and nothing is taken away. */
const hasAgent = ({ machine }: ClusterHost): boolean =>
  (machine.runtime?.containers ?? []).some(c => agents.has(c.service) && c.state === 'running') ||
  embedded.some(unit => isUnitRunning(machine, unit))

const nodeOf = (world: World, machine: Machine): KubeObject | undefined =>
  world.kube.objects.get(`Node//${nodeNameOf(machine)}`)

const macOf = (address: string): string => {
  const value = numberOfAddress(address) ?? 0
  return [
    '66',
    '1e',
    ...[24, 16, 8, 0].map(shift => (Math.floor(value / 2 ** shift) % 256).toString(16).padStart(2, '0')),
  ].join(':')
}

const nextIndex = (host: Machine): number => Math.max(...host.interfaces.map(device => device.index)) + 1

const deviceOf = (
  host: Machine,
  changes: Partial<NetworkInterface> & Pick<NetworkInterface, 'name' | 'kind'>,
): NetworkInterface => ({
  index: nextIndex(host),
  mac: '',
  mtu: 1_500 - VXLAN_BYTES,
  isUp: true,
  hasCarrier: true,
  addresses: [],
  master: undefined,
  vxlan: undefined,
  received: { bytes: 0, packets: 0, errors: 0, dropped: 0 },
  sent: { bytes: 0, packets: 0, errors: 0, dropped: 0 },
  ...changes,
})

/** Whether a program that is no part of the cluster holds the tunnel's port, so that the kernel cannot. */
const isPortTaken = (host: Machine, port: number): boolean =>
  host.processes.some(process => process.listens.some(l => l.protocol === 'udp' && l.port === port))

const makeTunnel = (host: Machine, tunnel: Tunnel, cidr: string): void => {
  if (host.interfaces.some(device => device.name === tunnel.name) || isPortTaken(host, tunnel.port)) return
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

const routeOf = (changes: Pick<Route, 'to' | 'device'> & Partial<Route>): Route => ({
  via: undefined,
  protocol: 'boot',
  scope: 'link',
  source: undefined,
  metric: undefined,
  isOnLink: false,
  ...changes,
})

/** Routes to the pods of the other nodes, through the tunnel. */
const peerRoutes = (world: World, here: KubeObject, tunnel: Tunnel): readonly Route[] =>
  [...world.kube.objects.values()]
    .filter(object => object.kind === 'Node' && object !== here && object.spec?.podCIDR !== undefined)
    .map(({ spec }) => {
      const gateway = (spec.podCIDR as string).split('/')[0] ?? ''
      return routeOf({ to: spec.podCIDR, via: gateway, device: tunnel.name, scope: 'global', isOnLink: true })
    })

const podPorts = (
  host: Machine,
  sandboxes: readonly Sandbox[],
  prefix: string,
): readonly NetworkInterface[] => {
  const known = new Map(host.interfaces.map(device => [device.name, device]))
  // A bridge that is made for them has the first number.
  let index = nextIndex(host) + (prefix === 'veth' && !known.has('cni0') ? 1 : 0)
  return sandboxes.flatMap(sandbox => {
    const name = portName(prefix, sandbox)
    const master = prefix === 'veth' ? 'cni0' : undefined
    const there = known.get(name)
    // One that somebody takes away does not come back while its pod lives.
    if (there !== undefined || sandbox.isWired === true) return there ?? []
    sandbox.isWired = true
    return {
      ...deviceOf(host, {
        name,
        kind: 'veth',
        mac: prefix === 'cali' ? 'ee:ee:ee:ee:ee:ee' : macOf(sandbox.address ?? ''),
        master,
      }),
      index: index++,
    }
  })
}

const bridgeOf = (host: Machine, cidr: string): NetworkInterface => {
  const first = addressOfNumber((numberOfAddress(cidr.split('/')[0] ?? '') ?? 0) + 1)
  return (
    host.interfaces.find(device => device.name === 'cni0') ??
    deviceOf(host, {
      name: 'cni0',
      kind: 'bridge',
      mac: macOf(first),
      addresses: [`${first}/${cidr.split('/')[1]}`],
    })
  )
}

const isPodDevice = (device: NetworkInterface): boolean => device.kind === 'veth' || device.name === 'cni0'
const isPodRoute = (route: Route): boolean => route.device.startsWith('cali') || route.device === 'cni0'

/** The interfaces and routes of the pods that run on a machine now. */
const attachPods = (
  host: Machine,
  { machine, cidr }: { readonly machine: Machine; readonly cidr: string },
): void => {
  // Without a configuration nothing new is made, and what there is stays as it is.
  const isCalico =
    cniConfigOf(machine)?.plugins.includes('calico') ??
    host.interfaces.some(({ name }) => name.startsWith('cali'))
  const pods = (machine.runtime?.sandboxes ?? []).filter(
    s => s.state === 'ready' && !s.isHostNetwork && s.address !== undefined,
  )
  const bridge = isCalico || pods.length === 0 ? [] : [bridgeOf(host, cidr)]
  const ports = podPorts(host, pods, isCalico ? 'cali' : 'veth')
  host.interfaces = [...host.interfaces.filter(device => !isPodDevice(device)), ...bridge, ...ports]
  const routes = isCalico
    ? pods.flatMap(pod => {
        const port = ports.find(({ name }) => name === portName('cali', pod))
        return port?.isUp === true ? [routeOf({ to: pod.address ?? '', device: port.name })] : []
      })
    : bridge.flatMap(({ addresses, isUp }) =>
        !isUp
          ? []
          : routeOf({ to: cidr, device: 'cni0', protocol: 'kernel', source: addresses[0]?.split('/')[0] }),
      )
  host.routes = [...host.routes.filter(route => !isPodRoute(route)), ...routes]
}

/** Felix looks every ten seconds whether its tunnel is up, and sets it up. */
const keepUp = ({ nowMs }: World, { machine, host }: ClusterHost): void => {
  const device = host.interfaces.find(({ name }) => name === CALICO)
  const timers = machine.runtime?.timers ?? {}
  if (device?.isUp !== false) {
    delete timers[CALICO]
    return
  }
  timers[CALICO] ??= nowMs
  if (nowMs - timers[CALICO] < FELIX_LOOKS_MS) return
  device.isUp = true
  delete timers[CALICO]
}

/** The network plugin's agents make the tunnels and the routes between nodes; the runtime gives each pod its interface. */
export const joinOverlay: Law = world => {
  for (const place of clusterHosts(world)) {
    const { machine, host } = place
    const node = nodeOf(world, machine)
    const cidr = node?.spec?.podCIDR as string | undefined
    const tunnel = tunnelOf(world, machine)
    if (!host.isPowered || node === undefined || cidr === undefined) continue
    if (tunnel !== undefined && hasAgent(place)) {
      makeTunnel(host, tunnel, cidr)
      if (tunnel.name === CALICO) keepUp(world, place)
      if (host.interfaces.some(device => device.name === tunnel.name && device.isUp)) {
        const routes = peerRoutes(world, node, tunnel)
        host.routes = [...host.routes.filter(route => route.device !== tunnel.name), ...routes]
      }
    }
    attachPods(host, { machine, cidr })
  }
}
