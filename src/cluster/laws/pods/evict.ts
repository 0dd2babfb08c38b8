import { uidOf } from '../../kube/pod.ts'
import { changeStatus } from '../../kube/store.ts'
import { isoOf } from '../../kube/times.ts'
import { isFinished, podsOn } from '../../relations/pods.ts'
import type { Pressures, Shortage } from '../../relations/pressures.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import { type Kubelet, kubeletReports, kubeletSays } from '../kubelet.ts'
import { removePod } from './run-containers.ts'

const BETWEEN_MS = 10_000
const CRITICAL = 2_000_000_000

const rank: Readonly<Record<string, number>> = { BestEffort: 0, Burstable: 1, Guaranteed: 2 }

const reclaimImages = (kubelet: Kubelet): void => {
  const { runtime } = kubelet.machine
  if (runtime === undefined) return
  const used = new Set(runtime.containers.map(container => container.image))
  runtime.images = runtime.images.filter(
    image => image.isPinned || image.tags.some(tag => used.has(tag) || tag.includes('pause')),
  )
}

const messageOf = ({ resource, least, available }: Shortage, pod: KubeObject): string => {
  const container = pod.spec?.containers?.[0]?.name ?? ''
  const told = `The node was low on resource: ${resource}. Threshold quantity: ${least}, available: ${available}. `
  return resource === 'memory'
    ? `${told}Container ${container} was using 96Mi, request is 0, has larger consumption of memory. `
    : told
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
  if (pressures.disk) reclaimImages(kubelet)
  kubeletReports(kubelet, node, {
    type: 'Warning',
    reason: 'EvictionThresholdMet',
    message: `Attempting to reclaim ${resource}`,
  })
  kubeletSays(kubelet, 'W', {
    source: 'eviction_manager.go:350',
    text: `"Eviction manager: attempting to reclaim" resourceName="${resource}"`,
  })
  const candidates = podsOn(world.kube, kubelet.nodeName)
    .filter(
      pod =>
        !isFinished(pod) &&
        (pod.spec?.priority ?? 0) < CRITICAL &&
        pod.metadata.deletionTimestamp === undefined,
    )
    .sort(
      (a, b) =>
        (rank[a.status?.qosClass] ?? 0) - (rank[b.status?.qosClass] ?? 0) ||
        (a.spec?.priority ?? 0) - (b.spec?.priority ?? 0),
    )
  const pod = candidates[0]
  if (pod === undefined) return
  const message = messageOf(shortage, pod)
  kubeletReports(kubelet, pod, { type: 'Warning', reason: 'Evicted', message })
  kubeletSays(kubelet, 'I', {
    source: 'eviction_manager.go:592',
    text: `"Eviction manager: pod is evicted successfully" pod="${pod.metadata.namespace}/${pod.metadata.name}"`,
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
