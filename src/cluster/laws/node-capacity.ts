import { coresText } from '../kube/quantity.ts'
import type { ClusterHost } from '../relations/cluster-hosts.ts'
import { readKubeletSettings } from '../relations/kubelet-settings.ts'
import { hugePagesOf } from '../relations/memory.ts'
import { kubeletFlag, memoryCapacity, reservedOf } from '../relations/node-thresholds.ts'
import type { KubeValue } from '../world/kube-object.ts'
import type { Machine } from '../world/machine.ts'

const HUGE_MEBI = 2

const mebiText = (mebi: number): string =>
  mebi === 0 ? '0' : mebi % 1024 === 0 ? `${mebi / 1024}Gi` : `${mebi}Mi`

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
  const huge = hugePagesOf(machine) * HUGE_MEBI
  const common = { 'hugepages-1Gi': '0', 'hugepages-2Mi': mebiText(huge), pods: String(mostPodsOf(place)) }
  return {
    allocatable: {
      cpu: coresText(cores - reservedOf(place, 'cpu', cores)),
      'ephemeral-storage': String(Math.floor(storage - reservedOf(place, 'ephemeral-storage', storage))),
      ...common,
      memory: `${Math.floor((memory - reservedOf(place, 'memory', memory) - huge * 1024 ** 2) / 1024)}Ki`,
    },
    capacity: {
      cpu: String(cores),
      'ephemeral-storage': `${Math.floor(storage / 1024)}Ki`,
      ...common,
      memory: `${memory / 1024}Ki`,
    },
  }
}
