import type { KubeObject } from '../world/kube-object.ts'
import type { World } from '../world/world.ts'

/** What of a world can be lost by a careless hand, as names. */
export type StateSummary = {
  readonly runningUnits: readonly string[]
  /** Nodes that are ready and take pods. */
  readonly readyNodes: readonly string[]
  /** Workloads whose wanted pods are all ready. */
  readonly readyWorkloads: readonly string[]
  readonly storedObjects: readonly string[]
  readonly vitalFiles: readonly string[]
  /** Rules of the packet filters that somebody wrote: those of kube-proxy and the network plugin come and go. */
  readonly firewallRules: readonly string[]
}

const keptKinds = new Set([
  'ConfigMap',
  'DaemonSet',
  'Deployment',
  'Namespace',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Secret',
  'Service',
  'StatefulSet',
])
const vitalFolders =
  /^\/(etc\/(kubernetes|cni|rancher|haproxy)|var\/lib\/(etcd|kubelet\/pki|gravity)|opt\/cni)\//

const isMade = (name: string): boolean => /^(KUBE|cali|FLANNEL|CNI)-/.test(name)

const titleOf = ({ kind, metadata }: KubeObject): string =>
  `${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`

const isReadyNode = ({ kind, spec, status }: KubeObject): boolean =>
  kind === 'Node' &&
  spec?.unschedulable !== true &&
  (status?.conditions ?? []).some(
    (c: { type: string; status: string }) => c.type === 'Ready' && c.status === 'True',
  )

const isReadyWorkload = ({ kind, spec, status }: KubeObject): boolean => {
  if (kind === 'Deployment' || kind === 'StatefulSet')
    return (status?.readyReplicas ?? 0) >= (spec?.replicas ?? 1) && (spec?.replicas ?? 1) > 0
  return kind === 'DaemonSet' && (status?.numberReady ?? 0) >= (status?.desiredNumberScheduled ?? 1)
}

/** Sums up what works and exists in a world, so that two moments can be compared. */
export const stateOf = (world: World): StateSummary => {
  const machines = [...world.machines.values()].flatMap(m => (m.planet === undefined ? [m] : [m, m.planet]))
  const objects = [...world.kube.objects.values()]
  return {
    runningUnits: machines.flatMap(machine =>
      [...machine.units.values()]
        .filter(
          unit =>
            unit.active === 'active' && unit.name.endsWith('.service') && unit.definition.type !== 'oneshot',
        )
        .map(unit => `${unit.name} on ${machine.name}`),
    ),
    readyNodes: objects.filter(isReadyNode).map(titleOf),
    readyWorkloads: objects.filter(isReadyWorkload).map(titleOf),
    storedObjects: objects.filter(object => keptKinds.has(object.kind)).map(titleOf),
    vitalFiles: machines.flatMap(machine =>
      [...machine.files]
        .filter(([path, node]) => node.kind !== 'directory' && vitalFolders.test(path))
        .map(([path]) => `${path} on ${machine.name}`),
    ),
    firewallRules: machines.flatMap(({ name, firewall }) =>
      [...firewall.filter, ...firewall.nat]
        .filter(chain => !isMade(chain.name))
        .flatMap(chain =>
          chain.rules
            .filter(rule => !isMade(rule.target))
            .map(rule => `${chain.name} ${rule.matches} ${rule.target} on ${name}`),
        ),
    ),
  }
}
