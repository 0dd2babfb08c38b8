import { specNamed, uidOf } from '../../kube/pod.ts'
import { awaitTime } from '../../relations/await-time.ts'
import { containersOf } from '../../relations/pods.ts'
import { hearsTerm } from '../../relations/term-signal.ts'
import type { Container } from '../../world/container.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import { type Kubelet, kubeletReports, kubeletSays } from '../kubelet.ts'
import { killingLine } from './pod-lines.ts'
import { stopContainers } from './run-containers.ts'
import { placeOf } from './telling.ts'

/** The containers of a pod that run. */
export const runningOf = ({ machine }: Kubelet, pod: KubeObject): readonly Container[] =>
  containersOf(machine, uidOf(pod)).filter(({ state }) => state === 'running')

/** How long what obeys its signal takes to end. */
const OBEYS_MS = 1_000

const hookMs = (pod: KubeObject, { name }: Container): number => {
  const { exec, sleep } = specNamed(pod, name)?.lifecycle?.preStop ?? {}
  const seconds = sleep?.seconds ?? /\bsleep\s+(\d+)/.exec((exec?.command ?? []).join(' '))?.[1] ?? 0
  return Number(seconds) * 1000
}

/** How long a container goes on after it is told to end. */
export const endsAfterMs = (pod: KubeObject, container: Container, graceMs: number): number =>
  Math.min(graceMs, hookMs(pod, container) + (hearsTerm(container) ? OBEYS_MS : graceMs))

/** In how many seconds the containers of a pod are to end before they are killed. */
export const graceOf = ({ metadata, spec }: KubeObject): number =>
  Number(metadata.deletionGracePeriodSeconds ?? spec?.terminationGracePeriodSeconds ?? 30)

/** Under which timer a kubelet keeps since when it ends the containers of a pod. */
const endingKey = (pod: KubeObject): string => `ending/${uidOf(pod)}`

/** Whether the containers of a pod still take their time to end, which begins when they are first told to. */
export const isStillEnding = (kubelet: Kubelet, pod: KubeObject): boolean => {
  const { world, machine } = kubelet
  const running = runningOf(kubelet, pod)
  if (running.length === 0) return false
  const timers = machine.runtime?.timers ?? {}
  const key = endingKey(pod)
  if (timers[key] === undefined) {
    timers[key] = world.nowMs
    for (const { name, id } of running) {
      kubeletReports(kubelet, pod, {
        type: 'Normal',
        reason: 'Killing',
        message: `Stopping container ${name}`,
        ...placeOf({ name }),
      })
      const scheme = machine.runtime?.kind ?? 'containerd'
      kubeletSays(kubelet, 'I', killingLine(pod, { name, id }, { scheme, graceS: graceOf(pod) }))
    }
  }
  const graceMs = graceOf(pod) * 1000
  const endsMs = (timers[key] ?? 0) + Math.max(...running.map(one => endsAfterMs(pod, one, graceMs)))
  awaitTime(world, endsMs)
  return world.nowMs < endsMs
}

/** Ends the containers of a pod, whose time is over. */
export const endContainers = (kubelet: Kubelet, pod: KubeObject): void => {
  stopContainers(kubelet.world, kubelet, { uid: uidOf(pod) })
  delete kubelet.machine.runtime?.timers[endingKey(pod)]
}
