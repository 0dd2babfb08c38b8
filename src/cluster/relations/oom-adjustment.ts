import { qosOf } from '../kube/quality-class.ts'
import { numberOf } from '../kube/quantity.ts'
import type { KubeObject } from '../world/kube-object.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { memoryCapacity } from './node-thresholds.ts'
import { pagesFor } from './page-sizes.ts'
import { podBehind } from './pod-behind.ts'
import type { Process } from './processes.ts'
import { tableBytes } from './resident-memory.ts'

/** Where a process lies. */
type ProcessPlace = { readonly world: World; readonly machine: Machine }

const OF_SANDBOX = -998
const OF_CRITICAL = -997
const OF_BEST_EFFORT = 1_000
/** By what asks for it: the unit's file, or the program itself. */
const asked: Readonly<Record<string, number>> = {
  containerd: -999,
  kubelet: -999,
  dockerd: -500,
  'dbus-daemon': -900,
  multipathd: -1_000,
  sshd: -1_000,
  'systemd-journal': -250,
  'systemd-udevd': -1_000,
}
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
  if (kind === 'shim' || kind === 'pause') return OF_SANDBOX
  if (container !== undefined) {
    const { pod } = podBehind(world, machine, process)
    return pod === undefined ? 0 : ofContainer(machine, pod, container.name)
  }
  return unit === undefined ? 0 : (asked[name] ?? 0)
}

/** The kernel's own threads, and init, are never killed for memory. */
const isSpared = ({ kind }: Process, adjustment: number): boolean =>
  kind === 'init' || kind === 'kernel' || adjustment === -1_000

/** The pages that the kernel counts a process for when it looks for a victim, see `oom_badness`: none that is spared. */
export const badnessOf = (place: ProcessPlace, process: Process): number => {
  const adjustment = oomAdjustmentOf(place, process)
  if (isSpared(process, adjustment)) return 0
  const pages = pagesFor(process.memoryBytes) + pagesFor(tableBytes(process.memoryBytes))
  return Math.max(0, pages + (adjustment * pagesFor(place.machine.memoryBytes)) / 1000)
}

/** What `oom_score` tells of a process: its badness for the memory there is, from 0 to 2000. */
export const oomScoreOf = (place: ProcessPlace, process: Process): number => {
  const adjustment = oomAdjustmentOf(place, process)
  if (isSpared(process, adjustment)) return 0
  const share = (process.memoryBytes * 1000) / place.machine.memoryBytes
  return Math.max(0, Math.floor(((1000 + share + adjustment) * 2) / 3))
}
