import { minorIn } from '../kube/minor-version.ts'
import { getObject, listObjects } from '../kube/store.ts'
import type { KubeObject, KubeStore, KubeValue } from '../world/kube-object.ts'

/** The first minor version whose kube-proxy and CoreDNS go by slices instead of endpoints. */
const GO_BY_SLICES = 21

/** Addresses that are ready behind a service, and the ports at which they are so, by their names. */
export type ReadyGroup = {
  readonly ports: readonly { readonly name: string; readonly port: number }[]
  readonly addresses: readonly {
    readonly address: string
    readonly node: string | undefined
    readonly pod: string
  }[]
}

const portsIn = (ports: readonly KubeValue[] | undefined): ReadyGroup['ports'] =>
  (ports ?? []).map(({ name, port }) => ({ name: name ?? '', port }))

const groupIn = ({ endpoints, ports }: KubeObject): ReadyGroup => ({
  ports: portsIn(ports),
  addresses: ((endpoints ?? []) as readonly KubeValue[])
    .filter(({ conditions }) => conditions?.ready !== false)
    .flatMap(({ addresses, nodeName, targetRef }) =>
      addresses.map((address: string) => ({ address, node: nodeName, pod: targetRef?.name ?? '' })),
    ),
})

const groupOf = ({ addresses, ports }: KubeValue): ReadyGroup => ({
  ports: portsIn(ports),
  addresses: ((addresses ?? []) as readonly KubeValue[]).map(({ ip, nodeName, targetRef }) => ({
    address: ip,
    node: nodeName,
    pod: targetRef?.name ?? '',
  })),
})

/** What kube-proxy and CoreDNS find ready behind a service: its slices, or before there were such its endpoints. */
export const readyGroups = (store: KubeStore, service: KubeObject): readonly ReadyGroup[] => {
  const { namespace, name } = service.metadata
  if (minorIn(store.version) >= GO_BY_SLICES)
    return listObjects(store, 'EndpointSlice', namespace)
      .filter(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === name)
      .map(groupIn)
  const endpoints = getObject(store, { kind: 'Endpoints', namespace, name })
  return ((endpoints?.subsets ?? []) as readonly KubeValue[]).map(groupOf)
}

/** The objects from which that is read. */
export const readyObjects = (store: KubeStore): readonly KubeObject[] =>
  listObjects(store, minorIn(store.version) >= GO_BY_SLICES ? 'EndpointSlice' : 'Endpoints')
