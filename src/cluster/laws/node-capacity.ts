import { coresText } from '../kube/quantity.ts'
import type { ClusterHost } from '../relations/cluster-hosts.ts'
import { readKubeletSettings } from '../relations/kubelet-settings.ts'
import { kubeletFlag, memoryCapacity, reservedOf } from '../relations/node-thresholds.ts'
import type { KubeValue } from '../world/kube-object.ts'
import type { Machine } from '../world/machine.ts'

const MOST_PODS = 110

/** How many pods a kubelet takes. */
export const mostPodsOf = (machine: Machine): number =>
  Number(kubeletFlag(machine, 'max-pods') ?? readKubeletSettings(machine)?.maxPods ?? MOST_PODS)

/** What a node has, and what of it pods may have. */
export const capacityOf = ({ machine: place, host: machine }: ClusterHost): KubeValue => {
  const root =
    machine.filesystems.find(f => f.mount === '/var/lib/kubelet') ??
    machine.filesystems.find(f => f.mount === '/var') ??
    machine.filesystems.find(f => f.mount === '/')
  const storage = root?.sizeBytes ?? 0
  const memory = memoryCapacity(machine)
  const { cores } = machine.cpu
  const common = { 'hugepages-1Gi': '0', 'hugepages-2Mi': '0', pods: String(mostPodsOf(place)) }
  return {
    allocatable: {
      cpu: coresText(cores - reservedOf(place, 'cpu', cores)),
      'ephemeral-storage': String(Math.floor(storage - reservedOf(place, 'ephemeral-storage', storage))),
      ...common,
      memory: `${Math.floor((memory - reservedOf(place, 'memory', memory)) / 1024)}Ki`,
    },
    capacity: {
      cpu: String(cores),
      'ephemeral-storage': `${Math.floor(storage / 1024)}Ki`,
      ...common,
      memory: `${memory / 1024}Ki`,
    },
  }
}
