import { minorOf } from '../../kube/minor-version.ts'
import { containerSpecs, uidOf } from '../../kube/pod.ts'
import { numberOf } from '../../kube/quantity.ts'
import { changeStatus } from '../../kube/store.ts'
import { isoOf } from '../../kube/times.ts'
import { shownMs } from '../../relations/clock.ts'
import { containersOf, isFinished, podsOn } from '../../relations/pods.ts'
import type { Pressures, Shortage } from '../../relations/pressures.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import { removeUnusedImages } from '../collect-images.ts'
import { type Kubelet, kubeletReports, kubeletSays } from '../kubelet.ts'
import { removePod } from './run-containers.ts'

const BETWEEN_MS = 10_000
const CRITICAL = 2_000_000_000
const MIB = 1024 ** 2

const rank: Readonly<Record<string, number>> = { BestEffort: 0, Burstable: 1, Guaranteed: 2 }

/** The first release whose kubelet takes an eviction for an ordinary line. */
const CALM = 20

const nameOf = ({ metadata }: KubeObject): string => `${metadata.namespace}/${metadata.name}`

type MemoryUse = { readonly name: string; readonly usedBytes: number; readonly asked: string }

/** What each running container of a pod takes of memory, and what it asked for. */
const memoryUses = ({ machine }: Kubelet, pod: KubeObject): readonly MemoryUse[] =>
  containersOf(machine, uidOf(pod))
    .filter(({ state }) => state === 'running')
    .map(({ name, memoryBytes }) => {
      const spec = containerSpecs(pod).find(each => each.name === name)
      const asked: string = spec?.resources?.requests?.memory ?? '0'
      return { name, usedBytes: Math.round(memoryBytes / 4096) * 4096, asked }
    })

const overAsked = ({ usedBytes, asked }: MemoryUse): number => usedBytes - numberOf(asked)

const excessOf = (kubelet: Kubelet, pod: KubeObject): number =>
  memoryUses(kubelet, pod).reduce((sum, use) => sum + overAsked(use), 0)

const bytesText = (bytes: number): string =>
  bytes % MIB === 0 ? `${bytes / MIB}Mi` : `${Math.round(bytes / 1024)}Ki`

const messageOf = (kubelet: Kubelet, { resource, least, available }: Shortage, pod: KubeObject): string => {
  const told = `The node was low on resource: ${resource}. Threshold quantity: ${least}, available: ${available}. `
  if (resource !== 'memory') return told
  const greedy = memoryUses(kubelet, pod)
    .filter(use => overAsked(use) > 0)
    .map(
      ({ name, usedBytes, asked }) =>
        `Container ${name} was using ${bytesText(usedBytes)}, request is ${asked}, has larger consumption of memory. `,
    )
  return told + greedy.join('')
}

/** The pods that a kubelet ranks for a shortage, the first to go first: of memory those that take more than they asked for. */
const rankedPods = (kubelet: Kubelet, resource: string): readonly KubeObject[] => {
  const { world, nodeName } = kubelet
  const weights = new Map<KubeObject, number>()
  const weigh = (pod: KubeObject): number =>
    resource === 'memory' ? excessOf(kubelet, pod) : -(rank[pod.status?.qosClass] ?? 0)
  const pods = podsOn(world.kube, nodeName).filter(
    pod => !isFinished(pod) && pod.metadata.deletionTimestamp === undefined,
  )
  for (const pod of pods) weights.set(pod, weigh(pod))
  const weightOf = (pod: KubeObject): number => weights.get(pod) ?? 0
  const isOver = (pod: KubeObject): boolean => resource === 'memory' && weightOf(pod) > 0
  return pods.sort(
    (a, b) =>
      Number(isOver(b)) - Number(isOver(a)) ||
      (a.spec?.priority ?? 0) - (b.spec?.priority ?? 0) ||
      weightOf(b) - weightOf(a),
  )
}

const isCritical = (pod: KubeObject): boolean => (pod.spec?.priority ?? 0) >= CRITICAL

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
  const message = messageOf(kubelet, shortage, pod)
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
        lastTransitionTime: isoOf(shownMs(machine, world.nowMs)),
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
