import { isOwnedBy, listObjects } from '../../kube/store.ts'
import { humanDuration, msOf } from '../../kube/times.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { podStatusText, readyText, restartsText } from './pod-state.ts'

/** What a row is made with. */
export type Sight = { readonly world: World; readonly nowMs: number }

/** A column: its head, what stands in it, whether only `-o wide` shows it. */
export type Column = {
  readonly head: string
  readonly cell: (object: KubeObject, sight: Sight) => string
  readonly isWide?: boolean
}

const NONE = '<none>'
const col = (head: string, cell: Column['cell']): Column => ({ head, cell })
const wide = (head: string, cell: Column['cell']): Column => ({ head, cell, isWide: true })

/** The time since an instant, as ages stand in tables. */
export const ageOf = (iso: string | undefined, { nowMs }: Sight): string =>
  iso === undefined ? '<unknown>' : humanDuration(nowMs - msOf(iso))

const name = col('NAME', o => o.metadata.name)
const age = col('AGE', (o, sight) => ageOf(o.metadata.creationTimestamp, sight))
const joined = (values: readonly string[]): string => (values.length === 0 ? NONE : values.join(','))
const pairs = (labels: Readonly<Record<string, string>> | undefined): string =>
  joined(Object.entries(labels ?? {}).map(([k, v]) => `${k}=${v}`))

/** Labels as one text. */
export const labelText = pairs

const containers = (o: KubeObject): readonly KubeValue[] =>
  o.spec?.template?.spec?.containers ?? o.spec?.jobTemplate?.spec?.template?.spec?.containers ?? []
const images = [
  wide('CONTAINERS', o => joined(containers(o).map(c => c.name))),
  wide('IMAGES', o => joined(containers(o).map(c => c.image))),
]
const selector = wide('SELECTOR', o => pairs(o.spec?.selector?.matchLabels ?? o.spec?.selector))

const nodeStatus = (node: KubeObject): string => {
  const ready = node.status?.conditions?.find((c: KubeValue) => c.type === 'Ready')?.status
  const text = ready === 'True' ? 'Ready' : ready === undefined ? 'Unknown' : 'NotReady'
  return node.spec?.unschedulable === true ? `${text},SchedulingDisabled` : text
}

/** The roles of a node by its labels. */
export const rolesOf = (node: KubeObject): string =>
  joined(
    Object.keys(node.metadata.labels ?? {})
      .filter(key => key.startsWith('node-role.kubernetes.io/'))
      .map(key => key.slice('node-role.kubernetes.io/'.length))
      .sort(),
  )

const addressOf =
  (type: string) =>
  (node: KubeObject): string =>
    node.status?.addresses?.find((a: KubeValue) => a.type === type)?.address ?? NONE

const portText = (p: KubeValue): string =>
  `${p.port}${p.nodePort === undefined ? '' : `:${p.nodePort}`}/${p.protocol ?? 'TCP'}`

const MOST_ENDPOINTS = 3

/** The endpoints of an object as one text, shortened after three. */
export const endpointText = (endpoints: KubeObject | undefined): string => {
  const all = ((endpoints?.['subsets'] ?? []) as readonly KubeValue[]).flatMap(s =>
    (s.ports ?? []).flatMap((p: KubeValue) => (s.addresses ?? []).map((a: KubeValue) => `${a.ip}:${p.port}`)),
  )
  if (all.length === 0) return NONE
  return all.length > MOST_ENDPOINTS
    ? `${all.slice(0, MOST_ENDPOINTS).join(',')} + ${all.length - MOST_ENDPOINTS} more...`
    : all.join(',')
}

const csrState = (o: KubeObject): string => {
  const types: readonly string[] = (o.status?.conditions ?? []).map((c: KubeValue) => c.type)
  const state = types.includes('Denied') ? 'Denied' : types.includes('Approved') ? 'Approved' : 'Pending'
  return `${state}${o.status?.certificate === undefined ? '' : ',Issued'}`
}

const modes: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
}
const modesText = (list: readonly string[] | undefined): string =>
  (list ?? []).map(m => modes[m] ?? m).join(',')

const jobDuration = (o: KubeObject, { nowMs }: Sight): string =>
  o.status?.startTime === undefined
    ? ''
    : humanDuration((msOf(o.status.completionTime) || nowMs) - msOf(o.status.startTime))

const keys = (o: KubeObject): string => String(Object.keys(o.data ?? {}).length)

/** The columns of each kind; a kind that is not listed has name and age. */
export const columnsOf: Readonly<Record<string, readonly Column[]>> = {
  Pod: [
    name,
    col('READY', readyText),
    col('STATUS', podStatusText),
    col('RESTARTS', (o, { nowMs }) => restartsText(o, nowMs)),
    age,
    wide('IP', o => o.status?.podIP ?? NONE),
    wide('NODE', o => o.spec?.nodeName ?? NONE),
    wide('NOMINATED NODE', () => NONE),
    wide('READINESS GATES', () => NONE),
  ],
  Node: [
    name,
    col('STATUS', nodeStatus),
    col('ROLES', rolesOf),
    age,
    col('VERSION', o => o.status?.nodeInfo?.kubeletVersion ?? ''),
    wide('INTERNAL-IP', addressOf('InternalIP')),
    wide('EXTERNAL-IP', addressOf('ExternalIP')),
    wide('OS-IMAGE', o => o.status?.nodeInfo?.osImage ?? '<unknown>'),
    wide('KERNEL-VERSION', o => o.status?.nodeInfo?.kernelVersion ?? '<unknown>'),
    wide('CONTAINER-RUNTIME', o => o.status?.nodeInfo?.containerRuntimeVersion ?? '<unknown>'),
  ],
  Service: [
    name,
    col('TYPE', o => o.spec?.type ?? 'ClusterIP'),
    col('CLUSTER-IP', o => o.spec?.clusterIP ?? NONE),
    col(
      'EXTERNAL-IP',
      o =>
        o.status?.loadBalancer?.ingress?.map((i: KubeValue) => i.ip).join(',') ??
        o.spec?.externalName ??
        (o.spec?.type === 'LoadBalancer' ? '<pending>' : NONE),
    ),
    col('PORT(S)', o => joined((o.spec?.ports ?? []).map(portText))),
    age,
    selector,
  ],
  Deployment: [
    name,
    col('READY', o => `${o.status?.readyReplicas ?? 0}/${o.spec?.replicas ?? 0}`),
    col('UP-TO-DATE', o => String(o.status?.updatedReplicas ?? 0)),
    col('AVAILABLE', o => String(o.status?.availableReplicas ?? 0)),
    age,
    ...images,
    selector,
  ],
  ReplicaSet: [
    name,
    col('DESIRED', o => String(o.spec?.replicas ?? 0)),
    col('CURRENT', o => String(o.status?.replicas ?? 0)),
    col('READY', o => String(o.status?.readyReplicas ?? 0)),
    age,
    ...images,
    selector,
  ],
  DaemonSet: [
    name,
    col('DESIRED', o => String(o.status?.desiredNumberScheduled ?? 0)),
    col('CURRENT', o => String(o.status?.currentNumberScheduled ?? 0)),
    col('READY', o => String(o.status?.numberReady ?? 0)),
    col('UP-TO-DATE', o => String(o.status?.updatedNumberScheduled ?? 0)),
    col('AVAILABLE', o => String(o.status?.numberAvailable ?? 0)),
    col('NODE SELECTOR', o => pairs(o.spec?.template?.spec?.nodeSelector)),
    age,
    ...images,
    selector,
  ],
  StatefulSet: [
    name,
    col('READY', o => `${o.status?.readyReplicas ?? 0}/${o.spec?.replicas ?? 0}`),
    age,
    ...images,
  ],
  Job: [
    name,
    col('COMPLETIONS', o => `${o.status?.succeeded ?? 0}/${o.spec?.completions ?? 1}`),
    col('DURATION', jobDuration),
    age,
    ...images,
    selector,
  ],
  CronJob: [
    name,
    col('SCHEDULE', o => o.spec?.schedule ?? ''),
    col('SUSPEND', o => (o.spec?.suspend === true ? 'True' : 'False')),
    col('ACTIVE', o => String(o.status?.active?.length ?? 0)),
    col('LAST SCHEDULE', (o, sight) =>
      o.status?.lastScheduleTime === undefined ? NONE : ageOf(o.status.lastScheduleTime, sight),
    ),
    age,
    ...images,
    selector,
  ],
  Namespace: [name, col('STATUS', o => o.status?.phase ?? 'Active'), age],
  Endpoints: [name, col('ENDPOINTS', o => endpointText(o)), age],
  ConfigMap: [name, col('DATA', keys), age],
  Secret: [name, col('TYPE', o => o['type'] ?? 'Opaque'), col('DATA', keys), age],
  ServiceAccount: [name, col('SECRETS', o => String(o['secrets']?.length ?? 0)), age],
  Event: [
    col('LAST SEEN', (o, sight) => ageOf(o['lastTimestamp'], sight)),
    col('TYPE', o => o['type'] ?? ''),
    col('REASON', o => o['reason'] ?? ''),
    col(
      'OBJECT',
      o => `${String(o['involvedObject']?.kind ?? '').toLowerCase()}/${o['involvedObject']?.name ?? ''}`,
    ),
    wide('SUBOBJECT', o => o['involvedObject']?.fieldPath ?? ''),
    wide('SOURCE', o => [o['source']?.component, o['source']?.host].filter(s => s !== undefined).join(', ')),
    col('MESSAGE', o => String(o['message'] ?? '').replace(/\n/g, ' ')),
    wide('FIRST SEEN', (o, sight) => ageOf(o['firstTimestamp'], sight)),
    wide('COUNT', o => String(o['count'] ?? 1)),
    wide('NAME', o => o.metadata.name),
  ],
  PersistentVolume: [
    name,
    col('CAPACITY', o => o.spec?.capacity?.storage ?? ''),
    col('ACCESS MODES', o => modesText(o.spec?.accessModes)),
    col('RECLAIM POLICY', o => o.spec?.persistentVolumeReclaimPolicy ?? ''),
    col('STATUS', o => o.status?.phase ?? ''),
    col('CLAIM', o =>
      o.spec?.claimRef === undefined ? '' : `${o.spec.claimRef.namespace}/${o.spec.claimRef.name}`,
    ),
    col('STORAGECLASS', o => o.spec?.storageClassName ?? ''),
    col('REASON', o => o.status?.reason ?? ''),
    age,
    wide('VOLUMEMODE', o => o.spec?.volumeMode ?? 'Filesystem'),
  ],
  PersistentVolumeClaim: [
    name,
    col('STATUS', o => o.status?.phase ?? ''),
    col('VOLUME', o => o.spec?.volumeName ?? ''),
    col('CAPACITY', o => o.status?.capacity?.storage ?? ''),
    col('ACCESS MODES', o => modesText(o.status?.accessModes)),
    col('STORAGECLASS', o => o.spec?.storageClassName ?? ''),
    age,
    wide('VOLUMEMODE', o => o.spec?.volumeMode ?? 'Filesystem'),
  ],
  StorageClass: [
    col(
      'NAME',
      o =>
        `${o.metadata.name}${o.metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true' ? ' (default)' : ''}`,
    ),
    col('PROVISIONER', o => o['provisioner'] ?? ''),
    col('RECLAIMPOLICY', o => o['reclaimPolicy'] ?? 'Delete'),
    col('VOLUMEBINDINGMODE', o => o['volumeBindingMode'] ?? 'Immediate'),
    col('ALLOWVOLUMEEXPANSION', o => String(o['allowVolumeExpansion'] ?? false)),
    age,
  ],
  NetworkPolicy: [name, col('POD-SELECTOR', o => pairs(o.spec?.podSelector?.matchLabels)), age],
  Ingress: [
    name,
    col('CLASS', o => o.spec?.ingressClassName ?? NONE),
    col('HOSTS', o => joined((o.spec?.rules ?? []).map((r: KubeValue) => r.host ?? '*'))),
    col('ADDRESS', o => o.status?.loadBalancer?.ingress?.map((i: KubeValue) => i.ip).join(',') ?? ''),
    col('PORTS', o => (o.spec?.tls === undefined ? '80' : '80, 443')),
    age,
  ],
  CertificateSigningRequest: [
    name,
    age,
    col('SIGNERNAME', o => o.spec?.signerName ?? ''),
    col('REQUESTOR', o => o.spec?.username ?? ''),
    col('REQUESTEDDURATION', o =>
      o.spec?.expirationSeconds === undefined ? NONE : humanDuration(o.spec.expirationSeconds * 1000),
    ),
    col('CONDITION', csrState),
  ],
  Lease: [name, col('HOLDER', o => o.spec?.holderIdentity ?? ''), age],
  ComponentStatus: [
    name,
    col('STATUS', o => (o['conditions']?.[0]?.status === 'True' ? 'Healthy' : 'Unhealthy')),
    col('MESSAGE', o => o['conditions']?.[0]?.message ?? ''),
    col('ERROR', o => o['conditions']?.[0]?.error ?? ''),
  ],
  ValidatingWebhookConfiguration: [name, col('WEBHOOKS', o => String(o['webhooks']?.length ?? 0)), age],
  MutatingWebhookConfiguration: [name, col('WEBHOOKS', o => String(o['webhooks']?.length ?? 0)), age],
  ClusterRoleBinding: [name, col('ROLE', o => `${o['roleRef']?.kind}/${o['roleRef']?.name}`), age],
  RoleBinding: [name, col('ROLE', o => `${o['roleRef']?.kind}/${o['roleRef']?.name}`), age],
}

/** Columns of a kind. */
export const columnsFor = (kind: string): readonly Column[] => columnsOf[kind] ?? [name, age]

/** The pods of an owner: its own, or those of its replica sets. */
export const podsOwnedBy = (world: World, owner: KubeObject): readonly KubeObject[] => {
  const sets = listObjects(world.kube, 'ReplicaSet', owner.metadata.namespace).filter(set =>
    isOwnedBy(set, owner),
  )
  return listObjects(world.kube, 'Pod', owner.metadata.namespace).filter(pod =>
    [owner, ...sets].some(holder => isOwnedBy(pod, holder)),
  )
}
