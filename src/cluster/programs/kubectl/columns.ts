import type { Kind } from '../../kube/kinds.ts'
import { isOwnedBy, listObjects } from '../../kube/store.ts'
import { humanDuration } from '../../kube/times.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import {
  addressOf,
  age,
  ageOf,
  type Column,
  col,
  csrState,
  endpointText,
  images,
  jobDuration,
  joined,
  keys,
  labelText,
  modesText,
  NONE,
  name,
  nodeStatus,
  phaseOf,
  portText,
  rolesOf,
  selector,
  shortened,
  wide,
} from './cells.ts'
import { eventColumns } from './event-columns.ts'
import { valuesAt } from './json-path.ts'
import { podStatusText, readyText, restartsText } from './pod-state.ts'
import { policyColumns } from './policy-columns.ts'
import { serverColumns } from './server-columns.ts'

/** The columns of each kind; a kind that is not listed has name and age. */
export const columnsOf: Readonly<Record<string, readonly Column[]>> = {
  Pod: [
    name,
    col('READY', readyText),
    col('STATUS', podStatusText),
    col('RESTARTS', restartsText),
    age,
    wide('IP', o => o.status?.podIP ?? NONE),
    wide('NODE', o => o.spec?.nodeName ?? NONE),
    wide('NOMINATED NODE', ({ status }) => status?.nominatedNodeName ?? NONE),
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
        (o.spec?.type === 'ExternalName' ? o.spec.externalName : undefined) ??
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
    col('NODE SELECTOR', o => labelText(o.spec?.template?.spec?.nodeSelector)),
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
  EndpointSlice: [
    name,
    col('ADDRESSTYPE', o => o.addressType ?? ''),
    col('PORTS', o => shortened((o.ports ?? []).map(({ port }: KubeValue) => port))),
    col('ENDPOINTS', o => shortened((o.endpoints ?? []).flatMap(({ addresses }: KubeValue) => addresses))),
    age,
  ],
  ConfigMap: [name, col('DATA', keys), age],
  Secret: [name, col('TYPE', o => o.type ?? 'Opaque'), col('DATA', keys), age],
  ServiceAccount: [name, col('SECRETS', o => String(o.secrets?.length ?? 0)), age],
  Event: eventColumns,
  PersistentVolume: [
    name,
    col('CAPACITY', o => o.spec?.capacity?.storage ?? ''),
    col('ACCESS MODES', o => modesText(o.spec?.accessModes)),
    col('RECLAIM POLICY', o => o.spec?.persistentVolumeReclaimPolicy ?? ''),
    col('STATUS', phaseOf),
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
    col('STATUS', phaseOf),
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
    col('PROVISIONER', o => o.provisioner ?? ''),
    col('RECLAIMPOLICY', o => o.reclaimPolicy ?? 'Delete'),
    col('VOLUMEBINDINGMODE', o => o.volumeBindingMode ?? 'Immediate'),
    col('ALLOWVOLUMEEXPANSION', o => String(o.allowVolumeExpansion ?? false)),
    age,
  ],
  NetworkPolicy: [name, col('POD-SELECTOR', o => labelText(o.spec?.podSelector?.matchLabels)), age],
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
    col('STATUS', o => (o.conditions?.[0]?.status === 'True' ? 'Healthy' : 'Unhealthy')),
    col('MESSAGE', o => o.conditions?.[0]?.message ?? ''),
    col('ERROR', o => o.conditions?.[0]?.error ?? ''),
  ],
  ValidatingWebhookConfiguration: [name, col('WEBHOOKS', o => String(o.webhooks?.length ?? 0)), age],
  MutatingWebhookConfiguration: [name, col('WEBHOOKS', o => String(o.webhooks?.length ?? 0)), age],
  ...policyColumns,
  ...serverColumns,
}

/** A column that the definition of a kind asks for; one of dates shows how long ago that was. */
const customColumn = ({ name: head, jsonPath, type, priority = 0 }: KubeValue): Column => ({
  ...(priority > 0 ? wide : col)(String(head).toUpperCase(), (o, sight) => {
    const value = valuesAt(o, String(jsonPath).replace(/^\./, ''))[0]
    if (value === undefined || value === null) return ''
    return type === 'date' ? ageOf(String(value), sight) : String(value)
  }),
})

/** Columns of a kind. */
export const columnsFor = ({ kind, columns }: Kind): readonly Column[] => {
  if (columns === undefined) return columnsOf[kind] ?? [name, age]
  return columns.length === 0 ? [name, age] : [name, ...columns.map(customColumn)]
}

/** The pods of an owner: its own, or those of its replica sets. */
export const podsOwnedBy = (world: World, owner: KubeObject): readonly KubeObject[] => {
  const sets = listObjects(world.kube, 'ReplicaSet', owner.metadata.namespace).filter(set =>
    isOwnedBy(set, owner),
  )
  return listObjects(world.kube, 'Pod', owner.metadata.namespace).filter(pod =>
    [owner, ...sets].some(holder => isOwnedBy(pod, holder)),
  )
}
