import { minorOf } from '../../kube/minor-version.ts'
import { uidOf } from '../../kube/pod.ts'
import { changeStatus } from '../../kube/store.ts'
import { isoOf } from '../../kube/times.ts'
import { isFinished, podsOn } from '../../relations/pods.ts'
import type { Pressures, Shortage } from '../../relations/pressures.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import { removeUnusedImages } from '../collect-images.ts'
import { type Kubelet, kubeletReports, kubeletSays } from '../kubelet.ts'
import { removePod } from './run-containers.ts'

const BETWEEN_MS = 10_000
const CRITICAL = 2_000_000_000

const rank: Readonly<Record<string, number>> = { BestEffort: 0, Burstable: 1, Guaranteed: 2 }

/** The first release whose kubelet takes an eviction for an ordinary line. */
const CALM = 20

const nameOf = ({ metadata }: KubeObject): string => `${metadata.namespace}/${metadata.name}`

const messageOf = ({ resource, least, available }: Shortage, pod: KubeObject): string => {
  const container = pod.spec?.containers?.[0]?.name ?? ''
  const told = `The node was low on resource: ${resource}. Threshold quantity: ${least}, available: ${available}. `
  return resource === 'memory'
    ? `${told}Container ${container} was using 96Mi, request is 0, has larger consumption of memory. `
    : told
}

/** The pods that a kubelet ranks, the least important first; the critical ones stand at the end and stay. */
const rankedPods = ({ world, nodeName }: Kubelet): readonly KubeObject[] =>
  podsOn(world.kube, nodeName)
    .filter(pod => !isFinished(pod) && pod.metadata.deletionTimestamp === undefined)
    .sort(
      (a, b) =>
        Number(isCritical(a)) - Number(isCritical(b)) ||
        (rank[a.status?.qosClass] ?? 0) - (rank[b.status?.qosClass] ?? 0) ||
        (a.spec?.priority ?? 0) - (b.spec?.priority ?? 0),
    )

const isCritical = (pod: KubeObject): boolean => (pod.spec?.priority ?? 0) >= CRITICAL

/** Tells what a kubelet is about to evict; the pod that it takes, if there is one. */
const choosePod = (kubelet: Kubelet, resource: string): KubeObject | undefined => {
  const pods = rankedPods(kubelet)
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
  const [pod] = pods
  if (pod !== undefined && !isCritical(pod)) return pod
  for (const each of pods)
    kubeletSays(kubelet, 'E', {
      source: 'eviction_manager.go:608',
      text: `"Eviction manager: cannot evict a critical pod" pod="${nameOf(each)}"`,
    })
  kubeletSays(kubelet, 'I', {
    source: 'eviction_manager.go:409',
    text: '"Eviction manager: unable to evict any pods from the node"',
  })
  return undefined
}

/** Under pressure a kubelet frees what it can, then evicts one pod after another, the least important first. */
export const evictForPressure = (kubelet: Kubelet, node: KubeObject, pressures: Pressures): void => {
  const { world, machine } = kubelet
  const timers = machine.runtime?.timers ?? {}
  const { shortage } = pressures
  if (shortage === undefined) return
  if (world.nowMs < (timers.evict ?? 0)) return
  timers.evict = world.nowMs + BETWEEN_MS
  const { resource } = shortage
  if (pressures.disk) removeUnusedImages(machine)
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
  const message = messageOf(shortage, pod)
  kubeletReports(kubelet, pod, { type: 'Warning', reason: 'Evicted', message })
  kubeletSays(kubelet, 'I', {
    source: 'eviction_manager.go:592',
    text: `"Eviction manager: pod is evicted successfully" pod="${nameOf(pod)}"`,
  })
  removePod(world, kubelet, uidOf(pod))
  changeStatus(world, pod, {
    conditions: [
      ...(pod.status?.conditions ?? []).filter((c: { type: string }) => c.type !== 'DisruptionTarget'),
      {
        lastProbeTime: null,
        lastTransitionTime: isoOf(world.nowMs),
        message,
        reason: 'TerminationByKubelet',
        status: 'True',
        type: 'DisruptionTarget',
      },
    ],
    message,
    phase: 'Failed',
    reason: 'Evicted',
    startTime: pod.status?.startTime,
  })
}
