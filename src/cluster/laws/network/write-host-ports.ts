import { getObject } from '../../kube/store.ts'
import {
  type HostPort,
  hostPortChain,
  withHostPorts,
  withoutHostPorts,
} from '../../network/host-port-rules.ts'
import { clusterHosts, nodeNameOf } from '../../relations/cluster-hosts.ts'
import { cniConfigOf } from '../../relations/cni.ts'
import type { Sandbox } from '../../world/container.ts'
import type { KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import type { Law } from '../law.ts'

const PREFIX = 'CNI-DN-'

const portsOf = (world: World, { namespace, name }: Sandbox): readonly HostPort[] => {
  const pod = getObject(world.kube, { kind: 'Pod', namespace, name })
  const containers: readonly KubeValue[] = pod?.spec?.containers ?? []
  return containers
    .flatMap(({ ports }): readonly KubeValue[] => ports ?? [])
    .filter(({ hostPort }) => hostPort !== undefined)
    .map(({ hostPort, containerPort, protocol = 'TCP' }) => ({
      hostPort,
      containerPort,
      protocol: protocol.toLowerCase(),
    }))
}

/** The network's plugin for ports writes rules once when a pod that asks for ports of its machine is wired, and takes them away with it. */
export const writeHostPorts: Law = world => {
  for (const { machine, host } of clusterHosts(world)) {
    const ready = (machine.runtime?.sandboxes ?? []).filter(
      sandbox => sandbox.state === 'ready' && !sandbox.isHostNetwork,
    )
    const { firewall } = host
    const kept = new Set(ready.map(hostPortChain))
    const isGone = (name: string): boolean => name.startsWith(PREFIX) && !kept.has(name)
    if (firewall.nat.some(({ name }) => isGone(name))) firewall.nat = withoutHostPorts(firewall.nat, isGone)
    for (const sandbox of ready) {
      if (sandbox.isWired !== true || sandbox.hasHostPorts !== undefined) continue
      const ports = portsOf(world, sandbox)
      sandbox.hasHostPorts = ports.length > 0
      if (ports.length === 0) continue
      const node = getObject(world.kube, { kind: 'Node', name: nodeNameOf(machine) })
      const network = cniConfigOf(machine)?.name ?? ''
      const podCidr = node?.spec?.podCIDR ?? world.kube.podCidr
      firewall.nat = withHostPorts(firewall.nat, sandbox, { ports, network, podCidr })
    }
  }
}
