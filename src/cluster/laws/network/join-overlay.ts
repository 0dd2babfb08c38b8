import { addressOfNumber, numberOfAddress } from '../../network/addresses.ts'
import { portName } from '../../network/pod-port.ts'
import { type ClusterHost, clusterHosts, nodeNameOf } from '../../relations/cluster-hosts.ts'
import { cniConfigOf } from '../../relations/cni.ts'
import type { Sandbox } from '../../world/container.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { Machine } from '../../world/machine.ts'
import type { NetworkInterface, Route } from '../../world/network.ts'
import type { World } from '../../world/world.ts'
import type { Law } from '../law.ts'
import { keepTunnel } from './keep-tunnel.ts'
import { noteInterfaces } from './note-interfaces.ts'
import { deviceOf, macOf, nextIndex, routeOf } from './overlay-parts.ts'

const nodeOf = (world: World, machine: Machine): KubeObject | undefined =>
  world.kube.objects.get(`Node//${nodeNameOf(machine)}`)

const podPorts = (
  host: Machine,
  sandboxes: readonly Sandbox[],
  plugin: 'calico' | 'bridge',
): readonly NetworkInterface[] => {
  const known = new Map(host.interfaces.map(device => [device.name, device]))
  // A bridge that is made for them has the first number.
  let index = nextIndex(host) + (plugin === 'bridge' && !known.has('cni0') ? 1 : 0)
  return sandboxes.flatMap(sandbox => {
    const name = portName(plugin, sandbox)
    const master = plugin === 'bridge' ? 'cni0' : undefined
    // One that somebody takes away does not come back while its pod lives.
    if (sandbox.isWired === true) return known.get(name) ?? []
    sandbox.isWired = true
    return {
      ...deviceOf(host, {
        name,
        kind: 'veth',
        mac: plugin === 'calico' ? 'ee:ee:ee:ee:ee:ee' : macOf(sandbox.address ?? ''),
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

const isPodDevice = ({ kind, name, made }: NetworkInterface): boolean =>
  made === undefined && (kind === 'veth' || name === 'cni0')
const isPodRoute = (route: Route): boolean => route.device.startsWith('cali') || route.device === 'cni0'

/** The interfaces and routes of the pods that run on a machine now. */
const attachPods = (world: World, { machine, host }: ClusterHost, cidr: string): void => {
  // Without a configuration nothing new is made, and what there is stays as it is.
  const isCalico =
    cniConfigOf(machine)?.plugins.includes('calico') ??
    host.interfaces.some(({ name }) => name.startsWith('cali'))
  const pods = (machine.runtime?.sandboxes ?? []).filter(
    s => s.state === 'ready' && !s.isHostNetwork && s.address !== undefined,
  )
  if (isCalico) noteInterfaces(world, machine)
  const bridge = isCalico || pods.length === 0 ? [] : [bridgeOf(host, cidr)]
  const ports = podPorts(host, pods, isCalico ? 'calico' : 'bridge')
  host.interfaces = [...host.interfaces.filter(device => !isPodDevice(device)), ...bridge, ...ports]
  const routes = isCalico
    ? pods.flatMap(pod => {
        const port = ports.find(({ name }) => name === portName('calico', pod))
        return port?.isUp === true ? [routeOf({ to: pod.address ?? '', device: port.name })] : []
      })
    : bridge.flatMap(({ addresses, isUp }) =>
        !isUp
          ? []
          : routeOf({ to: cidr, device: 'cni0', protocol: 'kernel', source: addresses[0]?.split('/')[0] }),
      )
  host.routes = [...host.routes.filter(route => !isPodRoute(route)), ...routes]
}

/** The network plugin's agents make the tunnels and the routes between nodes; the runtime gives each pod its interface. */
export const joinOverlay: Law = (world, passedMs) => {
  for (const place of clusterHosts(world)) {
    const { machine, host } = place
    const node = nodeOf(world, machine)
    const cidr = node?.spec?.podCIDR as string | undefined
    if (!host.isPowered || node === undefined || cidr === undefined) continue
    keepTunnel(world, place, { node, cidr, passedMs })
    attachPods(world, place, cidr)
  }
}
