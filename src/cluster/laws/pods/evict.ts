import { minorOf } from '../../kube/minor-version.ts'
import { uidOf } from '../../kube/pod.ts'
import { changeStatus } from '../../kube/store.ts'
import { countEviction } from '../../relations/evictions.ts'
import { containersOf, isFinished, podsOn } from '../../relations/pods.ts'
import type { Pressures } from '../../relations/pressures.ts'
import { isRuntimeUp } from '../../relations/runtime-problem.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import { removeUnusedImages } from '../collect-images.ts'
import { type Kubelet, kubeletReports, kubeletSays } from '../kubelet.ts'
import { endSandbox } from './create-parts.ts'
import { evictedStatus } from './evicted-status.ts'
import { evictionMessage, excessOf } from './pod-uses.ts'
import { removePod, stopContainers } from './run-containers.ts'
import { placeOf } from './telling.ts'

const BETWEEN_MS = 10_000
const CRITICAL = 2_000_000_000

/** The first release whose kubelet takes an eviction for an ordinary line. */
const CALM = 20

const nameOf = ({ metadata }: KubeObject): string => `${metadata.namespace}/${metadata.name}`

/** The pods that a kubelet ranks for a shortage, the first to go first: those that take more than they asked for. */
const rankedPods = (kubelet: Kubelet, resource: string): readonly KubeObject[] => {
  const { world, nodeName } = kubelet
  const weights = new Map<KubeObject, number>()
  const pods = podsOn(world.kube, nodeName).filter(
    pod => !isFinished(pod) && pod.metadata.deletionTimestamp === undefined,
  )
  for (const pod of pods) weights.set(pod, excessOf(kubelet, pod, resource))
  const weightOf = (pod: KubeObject): number => weights.get(pod) ?? 0
  return pods.sort(
    (a, b) =>
      Number(weightOf(b) > 0) - Number(weightOf(a) > 0) ||
      (a.spec?.priority ?? 0) - (b.spec?.priority ?? 0) ||
      weightOf(b) - weightOf(a),
  )
}

/** Whether a kubelet lets nothing drive a pod off. */
export const isCritical = (pod: KubeObject): boolean => (pod.spec?.priority ?? 0) >= CRITICAL

/** Tells what a kubelet is about to evict; the pod that it takes, if there is one. */
const choosePod = (kubelet: Kubelet, resource: string): KubeObject | undefined => {
  const pods = rankedPods(kubelet, resource)
  kubeletSays(kubelet, 'I', {
    source: 'eviction_manager.go:361',
    text: `"Eviction manager: must evict pod(s) to reclaim" resourceName="${resource}"`,
  })
  if (pods.length === 0) {
    kubeletSays(kubelet, 'E', {
      source: 'eviction_manager.go:364',
      text: '"Eviction manager: eviction thresholds have been met, but no pods are active to evict"',
    })
    return undefined
  }
  kubeletSays(kubelet, 'I', {
    source: 'eviction_manager.go:379',
    text: `"Eviction manager: pods ranked for eviction" pods=${JSON.stringify(pods.map(nameOf))}`,
  })
  for (const pod of pods) {
    if (!isCritical(pod)) return pod
    kubeletSays(kubelet, 'E', {
      source: 'eviction_manager.go:608',
      text: `"Eviction manager: cannot evict a critical pod" pod="${nameOf(pod)}"`,
    })
  }
  kubeletSays(kubelet, 'I', {
    source: 'eviction_manager.go:409',
    text: '"Eviction manager: unable to evict any pods from the node"',
  })
  return undefined
}

const evictPod = (kubelet: Kubelet, pod: KubeObject, message: string): void => {
  const { world, machine } = kubelet
  kubeletReports(kubelet, pod, { type: 'Warning', reason: 'Evicted', message })
  for (const { name, state } of containersOf(machine, uidOf(pod)))
    if (state === 'running')
      kubeletReports(kubelet, pod, {
        type: 'Normal',
        reason: 'Killing',
        message: `Stopping container ${name}`,
        ...placeOf({ name }),
      })
  stopContainers(world, kubelet, { uid: uidOf(pod) })
  changeStatus(world, pod, evictedStatus(kubelet, pod, message))
  endSandbox(machine, uidOf(pod))
  kubeletSays(kubelet, 'I', {
    source: 'eviction_manager.go:592',
    text: `"Eviction manager: pod is evicted successfully" pod="${nameOf(pod)}"`,
  })
}

/** Frees what a kubelet can do without: the containers of pods that have ended, and the images that nothing uses then. */
const reclaimDisk = (kubelet: Kubelet): void => {
  const { world, machine, nodeName } = kubelet
  for (const pod of podsOn(world.kube, nodeName)) if (isFinished(pod)) removePod(world, kubelet, uidOf(pod))
  removeUnusedImages(machine)
}

const COLLECT_MS = 60_000

/** A kubelet keeps nothing of the pods that it has evicted: each minute it takes away what a runtime still has of them. */
const collectEvicted = (kubelet: Kubelet): void => {
  const { world, machine, nodeName } = kubelet
  const { runtime } = machine
  if (runtime === undefined || !isRuntimeUp(machine) || world.nowMs < (runtime.timers.collect ?? 0)) return
  runtime.timers.collect = world.nowMs + COLLECT_MS
  for (const pod of podsOn(world.kube, nodeName))
    if (pod.status?.reason === 'Evicted' && containersOf(machine, uidOf(pod)).length > 0)
      removePod(world, kubelet, uidOf(pod))
}

/** Clears away what was evicted. Under pressure a kubelet frees what it can, then evicts one pod after another, the least important first. */
export const evictForPressure = (kubelet: Kubelet, node: KubeObject, pressures: Pressures): void => {
  collectEvicted(kubelet)
  const { world, machine } = kubelet
  const timers = machine.runtime?.timers ?? {}
  const { shortage } = pressures
  if (shortage === undefined) return
  if (world.nowMs < (timers.evict ?? 0)) return
  timers.evict = world.nowMs + BETWEEN_MS
  const { resource } = shortage
  if (pressures.disk) reclaimDisk(kubelet)
  kubeletReports(kubelet, node, {
    type: 'Warning',
    reason: 'EvictionThresholdMet',
    message: `Attempting to reclaim ${resource}`,
  })
  kubeletSays(kubelet, minorOf(world) < CALM ? 'W' : 'I', {
    source: 'eviction_manager.go:350',
    text: `"Eviction manager: attempting to reclaim" resourceName="${resource}"`,
  })
  const pod = choosePod(kubelet, resource)
  if (pod === undefined) return
  evictPod(kubelet, pod, evictionMessage(kubelet, shortage, pod))
  countEviction(machine, resource)
}
