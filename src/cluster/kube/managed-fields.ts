import type { FieldWrite, KubeObject, KubeStore, KubeValue } from '../world/kube-object.ts'
import { fieldSet, withoutFields } from './field-sets.ts'
import { isoOf, msOf } from './times.ts'

const APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'
const MIRROR = 'kubernetes.io/config.mirror'
/** What the server gives itself: nobody owns it. */
const given = new Set(
  'creationTimestamp generation name namespace resourceVersion uid deletionTimestamp deletionGracePeriodSeconds'.split(
    ' ',
  ),
)

const withoutGiven = ({
  metadata,
  apiVersion: _version,
  kind: _kind,
  status: _status,
  ...rest
}: KubeObject) => ({
  ...rest,
  ...(Object.keys(metadata).every(key => given.has(key))
    ? {}
    : { metadata: Object.fromEntries(Object.entries(metadata).filter(([key]) => !given.has(key))) }),
})

const ownedNames = new Set(['kube-root-ca.crt', 'default'])
const controllerKinds = new Set(['Endpoints', 'EndpointSlice', 'ReplicaSet', 'ControllerRevision'])
const kubeadmKinds = new Set(['ConfigMap', 'DaemonSet', 'Deployment', 'Service'])

/** Who has made an object that nobody made by hand in this world. */
const makerOf = ({ kind, metadata, reportingComponent, spec }: KubeObject): string => {
  const notes = metadata.annotations ?? {}
  if (notes[APPLIED] !== undefined) return 'kubectl-client-side-apply'
  if (kind === 'Event') return String(reportingComponent ?? 'kubelet')
  if (kind === 'ConfigMap' && metadata.name === 'extension-apiserver-authentication') return 'kube-apiserver'
  if (kind === 'Node' || notes[MIRROR] !== undefined) return 'kubelet'
  if (kind === 'Lease') return String(spec?.holderIdentity ?? 'kubelet').replace(/_.*$/, '')
  const isOwned = /^(ConfigMap|ServiceAccount)$/.test(kind) && ownedNames.has(metadata.name)
  if (isOwned || controllerKinds.has(kind) || metadata.ownerReferences?.some(({ controller }) => controller))
    return 'kube-controller-manager'
  if (/^(blockaffinities|ipamblocks)/i.test(kind)) return 'calico-node'
  if (
    metadata.namespace === 'kube-system' &&
    kubeadmKinds.has(kind) &&
    /^(coredns|kube-)/.test(metadata.name)
  )
    return 'kubeadm'
  return 'kubectl-create'
}

const statusManagers: Readonly<Record<string, string>> = { Pod: 'kubelet', Node: 'kubelet' }

/** When a status was last another than before, as far as its conditions tell. */
const statusMs = ({ metadata, status }: KubeObject): number =>
  Math.max(
    msOf(metadata.creationTimestamp),
    ...(status?.conditions ?? []).map((one: KubeValue) => msOf(one.lastUpdateTime ?? one.lastTransitionTime)),
  )

const isEmpty = (value: KubeValue): boolean =>
  typeof value === 'object' && value !== null && Object.values(value).every(isEmpty)

const statusEntry = (object: KubeObject): readonly FieldWrite[] => {
  const { kind, status, metadata } = object
  if (status === undefined || kind === 'Namespace' || isEmpty(status)) return []
  const revision = metadata.annotations?.['deployment.kubernetes.io/revision']
  const noted =
    revision === undefined
      ? {}
      : { metadata: { annotations: { 'deployment.kubernetes.io/revision': revision } } }
  return [
    {
      manager: statusManagers[kind] ?? 'kube-controller-manager',
      operation: 'Update',
      atMs: statusMs(object),
      fields: fieldSet({ ...noted, status }),
      part: 'status',
    },
  ]
}

/** Who owns which fields of an object, as its metadata tell it. */
export const managedFieldsOf = (store: KubeStore, object: KubeObject): readonly KubeValue[] => {
  const writes: readonly FieldWrite[] = store.fieldWrites?.[object.metadata.uid] ?? []
  const status = statusEntry(object)
  const made = {
    manager: makerOf(object),
    operation: 'Update' as const,
    atMs: msOf(object.metadata.creationTimestamp),
    fields: fieldSet(withoutGiven(object)),
  }
  const isMade = writes[0]?.atMs !== undefined && isoOf(writes[0].atMs) === object.metadata.creationTimestamp
  const all: readonly FieldWrite[] = [...(isMade ? [] : [made]), ...writes, ...status]
  return all.flatMap((entry, index) => {
    const fields = all
      .slice(index + 1)
      .reduce<KubeValue>((set, later) => withoutFields(set, later.fields), entry.fields)
    if (Object.keys(fields).length === 0) return []
    const part = entry.part === undefined ? {} : { subresource: entry.part }
    return [
      {
        apiVersion: object.apiVersion,
        fieldsType: 'FieldsV1',
        fieldsV1: fields,
        manager: entry.manager,
        operation: entry.operation,
        ...part,
        time: isoOf(entry.atMs),
      },
    ]
  })
}

/** Notes what a client has changed of an object, or made. */
export const noteWrite = (
  store: KubeStore,
  object: KubeObject,
  { before, ...write }: Omit<FieldWrite, 'fields'> & { readonly before?: KubeObject },
): void => {
  const fields = fieldSet(withoutGiven(object), before === undefined ? undefined : withoutGiven(before))
  if (Object.keys(fields).length === 0) return
  store.fieldWrites ??= {}
  const known = store.fieldWrites[object.metadata.uid] ?? []
  const others = known.filter(
    one => one.manager !== write.manager || one.operation !== write.operation || one.part !== write.part,
  )
  const own = known.find(one => !others.includes(one))
  const all = own === undefined ? fields : merged(own.fields, fields)
  store.fieldWrites[object.metadata.uid] = [...others, { ...write, fields: all }]
}

const merged = (a: KubeValue, b: KubeValue): KubeValue =>
  Object.fromEntries(
    [...new Set([...Object.keys(a), ...Object.keys(b)])].map(key => [
      key,
      a[key] === undefined ? b[key] : b[key] === undefined ? a[key] : merged(a[key], b[key]),
    ]),
  )
