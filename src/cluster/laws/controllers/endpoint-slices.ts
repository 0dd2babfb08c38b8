import { chanceSuffix } from '../../chance.ts'
import { minorOf } from '../../kube/minor-version.ts'
import { getObject, listObjects, ownerOf, putObject, removeObject, touchObject } from '../../kube/store.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { noteTrigger } from './note-trigger.ts'

/** The first minor release whose clusters have slices. */
const HAS_SLICES = 21
/** On endpoints of which their controller makes slices itself. */
const SKIPS = 'endpointslice.kubernetes.io/skip-mirror'
const SERVICE_NAME = 'kubernetes.io/service-name'
const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by'

/** Addresses of pods that serve a service at the same ports. */
export type AddressGroup = {
  readonly ports: readonly KubeValue[]
  readonly ready: readonly KubeValue[]
  readonly unready: readonly KubeValue[]
}

type Maker = 'endpointslice-controller' | 'endpointslicemirroring-controller'

const endpointOf = ({ ip, nodeName, targetRef }: KubeValue, isReady: boolean): KubeValue => ({
  addresses: [ip],
  conditions: { ready: isReady, serving: isReady, terminating: false },
  ...(nodeName === undefined ? {} : { nodeName }),
  ...(targetRef === undefined ? {} : { targetRef }),
})

const contentOf = ({ ports, ready, unready }: AddressGroup): KubeValue => ({
  endpoints: [...ready.map(one => endpointOf(one, true)), ...unready.map(one => endpointOf(one, false))],
  ports: ports.map(({ name, ...port }) => ({ name: name ?? '', ...port })),
})

const groupsOf = (endpoints: KubeObject | undefined): readonly AddressGroup[] =>
  ((endpoints?.subsets ?? []) as readonly KubeValue[]).map(({ addresses, notReadyAddresses, ports }) => ({
    ports: ports ?? [],
    ready: addresses ?? [],
    unready: notReadyAddresses ?? [],
  }))

/** The slices of a service that a controller keeps; what others have written is not its own. */
const slicesOf = (world: World, { metadata }: KubeObject, maker: Maker): readonly KubeObject[] =>
  listObjects(world.kube, 'EndpointSlice', metadata.namespace).filter(
    ({ metadata: { labels } }) =>
      labels?.[SERVICE_NAME] === metadata.name && labels[MANAGED_BY] === `${maker}.k8s.io`,
  )

const makeSlice = (
  world: World,
  owner: KubeObject,
  { maker, content }: { maker: Maker; content: KubeValue },
): KubeObject => {
  const { name, namespace, labels } = owner.metadata
  return putObject(world, {
    addressType: 'IPv4',
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      generateName: `${name}-`,
      labels: { ...labels, [MANAGED_BY]: `${maker}.k8s.io`, [SERVICE_NAME]: name },
      name: `${name}-${chanceSuffix(world)}`,
      namespace: namespace ?? 'default',
      ownerReferences: [ownerOf(owner)],
    },
    ...content,
  })
}

/** Keeps the slices of a service, one a group of addresses, and one without any where there is none. */
export const writeSlices = (
  world: World,
  service: KubeObject,
  { maker, groups }: { readonly maker: Maker; readonly groups: readonly AddressGroup[] },
): void => {
  if (minorOf(world) < HAS_SLICES) return
  const known = slicesOf(world, service, maker)
  const isFollowing = maker === 'endpointslice-controller'
  const wanted = (groups.length === 0 ? [{ ports: [], ready: [], unready: [] }] : groups).map(contentOf)
  for (const [at, content] of wanted.entries()) {
    const slice = known[at]
    if (slice === undefined) {
      const made = makeSlice(world, service, { maker, content })
      if (isFollowing) noteTrigger(world, service, made)
    } else if (
      JSON.stringify([slice.endpoints, slice.ports]) !== JSON.stringify([content.endpoints, content.ports])
    ) {
      Object.assign(slice, content)
      if (isFollowing) noteTrigger(world, service, slice)
      touchObject(world, slice)
    }
  }
  for (const slice of known.slice(wanted.length)) removeObject(world, slice)
}

/** Keeps slices of the endpoints that somebody wrote for a service without a selector. */
export const mirrorEndpoints = (world: World, service: KubeObject): void => {
  const { name, namespace } = service.metadata
  if (name === 'kubernetes' && namespace === 'default') return
  const endpoints = getObject(world.kube, { kind: 'Endpoints', namespace, name })
  const maker = 'endpointslicemirroring-controller'
  if (endpoints?.subsets === undefined || endpoints.metadata.labels?.[SKIPS] === 'true')
    for (const slice of slicesOf(world, service, maker)) removeObject(world, slice)
  else writeSlices(world, endpoints, { maker, groups: groupsOf(endpoints) })
}

/** The API servers keep a slice of their own addresses beside the endpoints of `kubernetes`. */
export const syncApiSlice = (world: World): void => {
  const key = { namespace: 'default', name: 'kubernetes' }
  const [group] = groupsOf(getObject(world.kube, { kind: 'Endpoints', ...key }))
  if (group === undefined || minorOf(world) < HAS_SLICES) return
  const known = getObject(world.kube, { kind: 'EndpointSlice', ...key })
  const content = contentOf(group)
  if (known !== undefined) {
    if (JSON.stringify(known.endpoints) === JSON.stringify(content.endpoints)) return
    Object.assign(known, content)
    touchObject(world, known)
    return
  }
  putObject(world, {
    addressType: 'IPv4',
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { ...key, labels: { [SERVICE_NAME]: key.name } },
    ...content,
  })
}
