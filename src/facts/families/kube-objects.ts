import { type Cells, record } from '../parsed.ts'
import type { FactValue } from '../types.ts'
import { at, flagAt, isObject, listAt, numberAt, textAt, textMapAt, textsAt } from './json-value.ts'
import { conditionsOf, identityOf } from './kube-object-parts.ts'
import { parseBytes } from './quantity.ts'

/** Reads an object into fields; those of its identity are added by the caller. */
type Fields = (object: unknown) => Cells

const portOf = (port: unknown): string => {
  const node = numberAt(port, 'nodePort')
  return `${textAt(port, 'port')}${node === undefined ? '' : `:${node}`}/${textAt(port, 'protocol') ?? 'TCP'}`
}

const service: Fields = object => {
  const selector = textMapAt(object, 'spec', 'selector')
  const balanced = listAt(object, 'status', 'loadBalancer', 'ingress').flatMap(
    entry => textAt(entry, 'ip') ?? textAt(entry, 'hostname') ?? [],
  )
  const externalIPs = [...textsAt(object, 'spec', 'externalIPs'), ...balanced]
  const type = textAt(object, 'spec', 'type')
  return {
    type,
    clusterIP: textAt(object, 'spec', 'clusterIP'),
    externalIPs: type === undefined ? undefined : externalIPs,
    externalPending: type === 'LoadBalancer' && externalIPs.length === 0 ? true : undefined,
    ports: type === undefined ? undefined : listAt(object, 'spec', 'ports').map(portOf),
    selector: isObject(at(object, 'spec', 'selector')) ? selector : undefined,
  }
}

const endpointsIn = (subset: unknown, member: string): readonly string[] => {
  const ports = listAt(subset, 'ports').map(port => textAt(port, 'port'))
  return listAt(subset, member).flatMap(address => {
    const ip = textAt(address, 'ip') ?? ''
    return ports.length === 0 ? [ip] : ports.map(port => `${ip}:${port}`)
  })
}

const endpoints: Fields = object => {
  const subsets = listAt(object, 'subsets')
  const addresses = subsets.flatMap(subset => endpointsIn(subset, 'addresses'))
  return {
    addresses,
    addressCount: addresses.length,
    notReadyAddresses: subsets.flatMap(subset => endpointsIn(subset, 'notReadyAddresses')),
  }
}

const endpointSlice: Fields = object => {
  const all = listAt(object, 'endpoints')
  const ready = all.filter(entry => flagAt(entry, 'conditions', 'ready') !== false)
  const addresses = ready.flatMap(entry => textsAt(entry, 'addresses'))
  return { addressType: textAt(object, 'addressType'), addresses, addressCount: addresses.length }
}

const event: Fields = object => ({
  kind: textAt(object, 'type'),
  reason: textAt(object, 'reason'),
  object: `${textAt(object, 'involvedObject', 'kind')?.toLowerCase()}/${textAt(object, 'involvedObject', 'name')}`,
  message: textAt(object, 'message') ?? textAt(object, 'note'),
  source: textAt(object, 'source', 'component') ?? textAt(object, 'reportingComponent'),
  count: numberAt(object, 'count') ?? numberAt(object, 'series', 'count'),
  lastSeenAt:
    textAt(object, 'lastTimestamp') ??
    textAt(object, 'series', 'lastObservedTime') ??
    textAt(object, 'eventTime'),
})

const workload: Fields = object => ({
  desired: numberAt(object, 'spec', 'replicas') ?? numberAt(object, 'status', 'desiredNumberScheduled'),
  current: numberAt(object, 'status', 'currentNumberScheduled') ?? numberAt(object, 'status', 'replicas'),
  ready: numberAt(object, 'status', 'numberReady') ?? numberAt(object, 'status', 'readyReplicas') ?? 0,
  upToDate:
    numberAt(object, 'status', 'updatedNumberScheduled') ?? numberAt(object, 'status', 'updatedReplicas'),
  available:
    numberAt(object, 'status', 'numberAvailable') ?? numberAt(object, 'status', 'availableReplicas') ?? 0,
  images: listAt(object, 'spec', 'template', 'spec', 'containers').flatMap(
    container => textAt(container, 'image') ?? [],
  ),
  conditions: conditionsOf(object),
})

const job: Fields = object => ({
  succeeded: numberAt(object, 'status', 'succeeded') ?? 0,
  completions: numberAt(object, 'spec', 'completions'),
  conditions: conditionsOf(object),
})

const bytesAt = (object: unknown, ...path: readonly string[]): number | undefined => {
  const text = textAt(object, ...path)
  return text === undefined ? undefined : parseBytes(text)
}

const claim: Fields = object => ({
  status: textAt(object, 'status', 'phase'),
  volume: textAt(object, 'spec', 'volumeName'),
  capacity: bytesAt(object, 'status', 'capacity', 'storage'),
  accessModes: textsAt(object, 'spec', 'accessModes'),
  storageClass: textAt(object, 'spec', 'storageClassName'),
})

const volume: Fields = object => {
  const claimed = textAt(object, 'spec', 'claimRef', 'name')
  return {
    capacity: bytesAt(object, 'spec', 'capacity', 'storage'),
    accessModes: textsAt(object, 'spec', 'accessModes'),
    reclaimPolicy: textAt(object, 'spec', 'persistentVolumeReclaimPolicy'),
    status: textAt(object, 'status', 'phase'),
    claim:
      claimed === undefined ? undefined : `${textAt(object, 'spec', 'claimRef', 'namespace')}/${claimed}`,
    storageClass: textAt(object, 'spec', 'storageClassName'),
    reason: textAt(object, 'status', 'reason'),
  }
}

const signingRequest: Fields = object => {
  const kinds = listAt(object, 'status', 'conditions').flatMap(condition => textAt(condition, 'type') ?? [])
  const issued = textAt(object, 'status', 'certificate') === undefined ? [] : ['Issued']
  return {
    signer: textAt(object, 'spec', 'signerName'),
    requestor: textAt(object, 'spec', 'username'),
    requestedDurationSeconds: numberAt(object, 'spec', 'expirationSeconds'),
    condition: [...kinds, ...issued].join(',') || 'Pending',
  }
}

const component: Fields = object => {
  const condition = listAt(object, 'conditions')[0]
  const healthy = textAt(condition, 'status') === 'True'
  const message = textAt(condition, 'message')
  return {
    status: healthy ? 'Healthy' : 'Unhealthy',
    healthy,
    message,
    error: textAt(condition, 'error'),
  }
}

const entriesOf = (object: unknown): number =>
  ['data', 'binaryData', 'stringData'].reduce((sum, member) => {
    const entries = at(object, member)
    return sum + (isObject(entries) ? Object.keys(entries).length : 0)
  }, 0)

type Reader = { readonly fact: string; readonly read: Fields }

const readers: Readonly<Record<string, Reader>> = {
  Service: { fact: 'services', read: service },
  Endpoints: { fact: 'endpoints', read: endpoints },
  EndpointSlice: { fact: 'endpointSlices', read: endpointSlice },
  Event: { fact: 'events', read: event },
  Deployment: { fact: 'deployments', read: workload },
  DaemonSet: { fact: 'daemonSets', read: workload },
  StatefulSet: { fact: 'statefulSets', read: workload },
  ReplicaSet: { fact: 'replicaSets', read: workload },
  ReplicationController: { fact: 'replicaSets', read: workload },
  Job: { fact: 'jobs', read: job },
  PersistentVolumeClaim: { fact: 'claims', read: claim },
  PersistentVolume: { fact: 'volumes', read: volume },
  CertificateSigningRequest: { fact: 'signingRequests', read: signingRequest },
  ComponentStatus: { fact: 'components', read: component },
  ConfigMap: {
    fact: 'configMaps',
    read: object => ({ entries: entriesOf(object), data: textMapAt(object, 'data') }),
  },
  Secret: {
    fact: 'secrets',
    read: object => ({ type: textAt(object, 'type'), entries: entriesOf(object) }),
  },
  Lease: {
    fact: 'leases',
    read: object => ({
      holder: textAt(object, 'spec', 'holderIdentity'),
      renewedAt: textAt(object, 'spec', 'renewTime'),
    }),
  },
  Namespace: { fact: 'namespaces', read: object => ({ status: textAt(object, 'status', 'phase') }) },
}

/** The facts that objects of these kinds become. */
export const objectFacts: readonly string[] = [...new Set(Object.values(readers).map(reader => reader.fact))]

/** An object of any kind but Pod and Node as its fact and row; kinds without a reader become `resources`. */
export const readOtherObject = (object: unknown): { readonly fact: string; readonly value: FactValue } => {
  const kind = textAt(object, 'kind') ?? ''
  const reader = readers[kind]
  if (reader === undefined)
    return {
      fact: 'resources',
      value: record({ kind, ...identityOf(object), conditions: conditionsOf(object) }),
    }
  const identity = reader.fact === 'events' ? { namespace: identityOf(object).namespace } : identityOf(object)
  return { fact: reader.fact, value: record({ ...identity, ...reader.read(object) }) }
}
