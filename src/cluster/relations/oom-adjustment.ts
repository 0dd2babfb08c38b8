import { qosOf } from '../kube/quality-class.ts'
import { numberOf } from '../kube/quantity.ts'
import type { KubeObject } from '../world/kube-object.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { memoryCapacity } from './node-thresholds.ts'
import { podBehind } from './pod-behind.ts'
import type { Process } from './processes.ts'

/** Where a process lies. */
type ProcessPlace = { readonly world: World; readonly machine: Machine }

const OF_SANDBOX = -998
const OF_CRITICAL = -997
const OF_BEST_EFFORT = 1_000
const NODE_CRITICAL = 2_000_001_000

/** What a kubelet sets for a container: the more memory it asked for, the better it is protected, see its oom policy. */
const ofContainer = (machine: Machine, pod: KubeObject, name: string): number => {
  const quality = qosOf(pod)
  if (quality === 'Guaranteed' || (pod.spec?.priority ?? 0) >= NODE_CRITICAL) return OF_CRITICAL
  if (quality === 'BestEffort') return OF_BEST_EFFORT
  const spec = pod.spec?.containers?.find((each: { name: string }) => each.name === name)
  const asked = numberOf(spec?.resources?.requests?.memory)
  const adjustment = Math.floor(1000 - (1000 * asked) / memoryCapacity(machine))
  return Math.min(OF_BEST_EFFORT - 1, Math.max(1000 + OF_CRITICAL, adjustment))
}

/** How the kernel weighs a process when memory runs out; what runs containers is protected as its unit file asks. */
export const oomAdjustmentOf = ({ world, machine }: ProcessPlace, process: Process): number => {
  const { kind, name, unit, container } = process
  if (kind === 'init' || kind === 'kernel') return -1_000
  if (kind === 'shim' || kind === 'pause') return OF_SANDBOX
  if (unit !== undefined && /^(containerd|kubelet|dockerd)$/.test(name)) return -999
  if (container !== undefined) {
    const { pod } = podBehind(world, machine, process)
    return pod === undefined ? 0 : ofContainer(machine, pod, container.name)
  }
  return unit !== undefined && /^(sshd|systemd-)/.test(name) ? -1_000 : 0
}

const PAGE = 4096

/** The pages that the kernel counts a process for when it looks for a victim, see `oom_badness`: none that is spared. */
export const badnessOf = (place: ProcessPlace, process: Process): number => {
  const adjustment = oomAdjustmentOf(place, process)
  if (adjustment === -1_000 || process.kind === 'kernel') return 0
  const pages = (process.memoryBytes * (1 + 1 / 480)) / PAGE
  return Math.max(0, pages + (adjustment * place.machine.memoryBytes) / PAGE / 1000)
}

/** What `oom_score` tells of a process: its badness for the memory there is, from 0 to 2000. */
export const oomScoreOf = (place: ProcessPlace, process: Process): number => {
  const adjustment = oomAdjustmentOf(place, process)
  if (adjustment === -1_000) return 0
  const share = (process.memoryBytes * 1000) / place.machine.memoryBytes
  return Math.max(0, Math.floor(((1000 + share + adjustment) * 2) / 3))
}
