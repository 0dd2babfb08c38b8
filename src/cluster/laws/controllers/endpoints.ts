import { getObject, listObjects, putObject, removeObject, touchObject } from '../../kube/store.ts'
import { apiServers } from '../../relations/api-server.ts'
import { LEADER_NOTE } from '../../relations/components.ts'
import { mainAddressOf } from '../../relations/find-machine.ts'
import { isFinished, podsBehind } from '../../relations/pods.ts'
import { firstServiceAddress } from '../../relations/service-range.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { apiService } from '../../worlds/kube/templates.ts'
import { type AddressGroup, mirrorEndpoints, syncApiSlice, writeSlices } from './endpoint-slices.ts'
import { isPodReady } from './make-pod.ts'
import { noteTrigger } from './note-trigger.ts'

const portFor = (pod: KubeObject, port: KubeValue): KubeValue => {
  const target = port.targetPort ?? port.port
  const named = (pod.spec?.containers ?? [])
    .flatMap((c: KubeValue) => c.ports ?? [])
    .find((p: KubeValue) => p.name === target)
  const number = typeof target === 'number' ? target : named?.containerPort
  return number === undefined
    ? undefined
    : {
        ...(port.name === undefined ? {} : { name: port.name }),
        port: number,
        protocol: port.protocol ?? 'TCP',
      }
}

const addressOf = (pod: KubeObject): KubeValue => ({
  ip: pod.status?.podIP,
  nodeName: pod.spec?.nodeName,
  targetRef: {
    kind: 'Pod',
    name: pod.metadata.name,
    namespace: pod.metadata.namespace,
    uid: pod.metadata.uid,
  },
})

/** The addresses behind a service by the ports that they serve it at: without any where a pod has none of the name that is asked for. */
const groupsBehind = (world: World, service: KubeObject): readonly AddressGroup[] => {
  const pods = podsBehind(world.kube, service).filter(
    pod =>
      pod.status?.podIP !== undefined && !isFinished(pod) && pod.metadata.deletionTimestamp === undefined,
  )
  const groups = new Map<string, { ports: KubeValue[]; ready: KubeValue[]; unready: KubeValue[] }>()
  for (const pod of pods) {
    const ports = (service.spec?.ports ?? [])
      .map((p: KubeValue) => portFor(pod, p))
      .filter((p: KubeValue) => p !== undefined)
    const key = JSON.stringify(ports)
    const group = groups.get(key) ?? { ports, ready: [], unready: [] }
    const isReady = isPodReady(pod) || service.spec?.publishNotReadyAddresses === true
    const list: KubeValue[] = isReady ? group.ready : group.unready
    list.push(addressOf(pod))
    groups.set(key, group)
  }
  const byIp = (a: KubeValue, b: KubeValue): number => (a.ip < b.ip ? -1 : 1)
  return [...groups.values()].map(({ ports, ready, unready }) => ({
    ports,
    ready: ready.sort(byIp),
    unready: unready.sort(byIp),
  }))
}

const subsetsOf = (groups: readonly AddressGroup[]): readonly KubeValue[] =>
  groups
    .filter(({ ports }) => ports.length > 0)
    .map(({ ports, ready, unready }) => ({
      ...(ready.length === 0 ? {} : { addresses: ready }),
      ...(unready.length === 0 ? {} : { notReadyAddresses: unready }),
      ports,
    }))

const writeEndpoints = (world: World, service: KubeObject, subsets: readonly KubeValue[]): void => {
  const { name, namespace } = service.metadata
  const known = getObject(world.kube, { kind: 'Endpoints', namespace, name })
  const content = subsets.length === 0 ? {} : { subsets }
  const isFollowing = service.spec?.selector != null
  if (known === undefined) {
    const made = putObject(world, {
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata: {
        name,
        namespace: namespace ?? 'default',
        ...(service.metadata.labels === undefined ? {} : { labels: { ...service.metadata.labels } }),
      },
      ...content,
    })
    if (isFollowing) noteTrigger(world, service, made)
    return
  }
  if (JSON.stringify(known.subsets ?? []) === JSON.stringify(subsets)) return
  if (subsets.length === 0) delete known.subsets
  else known.subsets = subsets
  if (isFollowing) noteTrigger(world, service, known)
  touchObject(world, known)
}

const selecting = (world: World): readonly KubeObject[] =>
  listObjects(world.kube, 'Service').filter(({ spec }) => spec?.selector != null)

/** Keeps the endpoints of each service that has a selector at the ready pods behind it. */
export const syncEndpoints = (world: World): void => {
  for (const service of selecting(world))
    writeEndpoints(world, service, subsetsOf(groupsBehind(world, service)))
  for (const endpoints of listObjects(world.kube, 'Endpoints')) {
    const { name, namespace, annotations } = endpoints.metadata
    if (annotations?.[LEADER_NOTE] !== undefined) continue
    if (getObject(world.kube, { kind: 'Service', namespace, name }) === undefined)
      removeObject(world, endpoints)
  }
}

/** Keeps the slices of each service that has a selector at the pods behind it. */
export const syncSlices = (world: World): void => {
  for (const service of selecting(world))
    writeSlices(world, service, { maker: 'endpointslice-controller', groups: groupsBehind(world, service) })
}

/** Keeps slices of the endpoints that somebody wrote for services without a selector. */
export const mirrorSlices = (world: World): void => {
  for (const service of listObjects(world.kube, 'Service'))
    if (service.spec?.selector == null) mirrorEndpoints(world, service)
}

/** The API servers keep the service `kubernetes`, and their own addresses behind it. */
export const syncApiEndpoints = (world: World): void => {
  const servers = apiServers(world)
  if (servers.length === 0) return
  const service =
    getObject(world.kube, { kind: 'Service', namespace: 'default', name: 'kubernetes' }) ??
    putObject(world, apiService(firstServiceAddress(world)))
  const addresses = servers.map(({ host, flags }) => ({
    ip: flags['advertise-address'] ?? mainAddressOf(host),
  }))
  writeEndpoints(world, service, [
    { addresses, ports: [{ name: 'https', port: servers[0]?.port ?? 6443, protocol: 'TCP' }] },
  ])
  syncApiSlice(world)
}
