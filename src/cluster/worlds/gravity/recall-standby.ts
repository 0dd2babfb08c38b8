import { recordEvent } from '../../kube/events.ts'
import { listObjects } from '../../kube/store.ts'
import { isoOf } from '../../kube/times.ts'
import { kubeletUnitOf } from '../../relations/cluster-hosts.ts'
import type { Container } from '../../world/container.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'

const PERIOD_MS = 10_000
/** So long ago the kubelet's recorder last let one of them out. */
const LAST_MS = 140_000
/** What it has saved since for the next. */
const LEFT = LAST_MS / 300_000

type Part = { readonly planet: Machine; readonly pod: KubeObject; readonly container: Container }

const recall = (world: World, { planet, pod, container }: Part): void => {
  const firstMs = (container.startedMs ?? planet.bootedMs) + PERIOD_MS
  const about = {
    reason: 'Unhealthy',
    about: pod,
    type: 'Warning',
    message: 'Readiness probe failed: HTTP probe failed with statuscode: 503',
    source: 'kubelet',
    host: pod.spec?.nodeName,
    fieldPath: `spec.containers{${container.name}}`,
    atMs: firstMs,
    sinceMs: kubeletUnitOf(planet)?.startedMs,
  } as const
  recordEvent(world, about)
  const event = listObjects(world.kube, 'Event').find(
    ({ involvedObject }) => involvedObject.uid === pod.metadata.uid,
  )
  if (event === undefined) return
  const count = Math.floor((world.nowMs - LAST_MS - firstMs) / PERIOD_MS) + 1
  const lastMs = firstMs + (count - 1) * PERIOD_MS
  Object.assign(event, { count, lastTimestamp: isoOf(lastMs) })
  event.metadata.creationTimestamp = isoOf(firstMs)
  world.kube.eventsWithheld ??= {}
  world.kube.eventsWithheld[event.metadata.name] = Math.floor((world.nowMs - lastMs) / PERIOD_MS)
}

/** Tells of the controllers that stand by: they have not been ready since the boot, and their kubelets have said so all the time. */
export const recallStandby = (world: World, planets: readonly Machine[]): void => {
  for (const planet of planets)
    for (const container of planet.runtime?.containers ?? []) {
      if (container.name !== 'gravity-site' || container.state !== 'running') continue
      const pod = listObjects(world.kube, 'Pod', container.namespace).find(
        ({ metadata }) => metadata.name === container.podName,
      )
      const isReady = pod?.status?.containerStatuses?.every(({ ready }: { ready: boolean }) => ready)
      if (pod !== undefined && isReady === false) recall(world, { planet, pod, container })
    }
  for (const leave of world.kube.eventLeaves?.values() ?? [])
    Object.assign(leave, { left: LEFT, sinceMs: world.nowMs })
}
