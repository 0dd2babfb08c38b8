import { matchesPlain } from '../kube/labels.ts'
import { getObject, listObjects } from '../kube/store.ts'
import type { Container, Sandbox } from '../world/container.ts'
import type { KubeObject, KubeStore } from '../world/kube-object.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { type ClusterHost, clusterHosts } from './cluster-hosts.ts'
import { isStopped } from './stopped.ts'

/** The pods that the API server has on a node. */
export const podsOn = (store: KubeStore, nodeName: string): readonly KubeObject[] =>
  listObjects(store, 'Pod').filter(pod => pod.spec?.nodeName === nodeName)

/** Whether a pod's processes are over for good. */
export const isFinished = (pod: KubeObject): boolean =>
  pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed'

/** The newest sandbox of a pod on a machine. */
export const sandboxOf = (machine: Machine, uid: string): Sandbox | undefined =>
  machine.runtime?.sandboxes.findLast(sandbox => sandbox.kubeUid === uid)

/** The containers of a pod on a machine, oldest first; of one name where it is given. */
export const containersOf = (machine: Machine, uid: string, name?: string): readonly Container[] => {
  const { runtime } = machine
  if (runtime === undefined) return []
  const sandboxes = runtime.sandboxes.filter(s => s.kubeUid === uid)
  if (sandboxes.length === 0) return []
  return runtime.containers.filter(
    c => (name === undefined || c.name === name) && sandboxes.some(s => s.id === c.sandboxId),
  )
}

/** A running container with the place where it runs. */
export type RunningContainer = ClusterHost & { readonly container: Container }

/** The running containers of a service anywhere in the world, on machines that have power. */
export const runningContainers = (world: World, service: string): readonly RunningContainer[] =>
  clusterHosts(world).flatMap(place =>
    place.host.isPowered
      ? (place.machine.runtime?.containers ?? [])
          .filter(
            container =>
              container.service === service &&
              container.state === 'running' &&
              !isStopped(place.machine, container.pid),
          )
          .map(container => ({ ...place, container }))
      : [],
  )

/** One address behind a service. */
export type Endpoint = { readonly address: string; readonly port: number; readonly pod: string }

/** The pods that a service selects. */
export const podsBehind = (store: KubeStore, service: KubeObject): readonly KubeObject[] =>
  listObjects(store, 'Pod', service.metadata.namespace).filter(pod =>
    matchesPlain(pod.metadata.labels, service.spec?.selector),
  )

/** The ready endpoints of a service as the API server has them now. */
export const endpointsOf = (store: KubeStore, service: KubeObject): readonly Endpoint[] => {
  const { namespace, name } = service.metadata
  const endpoints = getObject(store, { kind: 'Endpoints', namespace, name })
  return (endpoints?.subsets ?? []).flatMap(
    (subset: { addresses?: { ip: string; targetRef?: { name: string } }[]; ports?: { port: number }[] }) =>
      (subset.addresses ?? []).flatMap(({ ip, targetRef }) =>
        (subset.ports ?? []).map(({ port }) => ({ address: ip, port, pod: targetRef?.name ?? '' })),
      ),
  )
}
