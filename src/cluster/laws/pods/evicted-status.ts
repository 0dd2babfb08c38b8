import { minorOf } from '../../kube/minor-version.ts'
import { isoOf } from '../../kube/times.ts'
import { shownMs } from '../../relations/clock.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { Kubelet } from '../kubelet.ts'
import { disruptionOf } from './disruption.ts'
import { podStatusOf } from './pod-status.ts'

/** The first release whose kubelet goes on telling of the containers of a pod that it threw off. */
const KEEPS_CONTAINERS = 22

const failedNow = (condition: KubeValue, atMs: number): KubeValue => {
  if (!/Ready$/.test(condition.type)) return condition
  const { message: _message, ...kept } = condition
  const lastTransitionTime = condition.status === 'False' ? condition.lastTransitionTime : isoOf(atMs)
  return { ...kept, lastTransitionTime, reason: 'PodFailed', status: 'False' }
}

const ended = ({ state, ...rest }: KubeValue): KubeValue => ({ ...rest, ready: false, started: false, state })

/** What is left to say of a pod that was thrown off, once its containers have been stopped. */
export const evictedStatus = (kubelet: Kubelet, pod: KubeObject, message: string): KubeValue => {
  const { world, machine } = kubelet
  const why = { message, phase: 'Failed', reason: 'Evicted' }
  if (minorOf(world) < KEEPS_CONTAINERS) return { ...why, startTime: pod.status?.startTime }
  const atMs = shownMs(machine, world.nowMs)
  const status = podStatusOf(kubelet, pod)
  const disruption = disruptionOf(world, { reason: 'TerminationByKubelet', message, atMs })
  const known: readonly KubeValue[] = pod.status?.conditions ?? []
  return {
    ...status,
    conditions: [
      ...disruption,
      ...known.filter(({ type }) => type !== 'DisruptionTarget').map(one => failedNow(one, atMs)),
    ],
    containerStatuses: status.containerStatuses.map(ended),
    ...why,
  }
}
