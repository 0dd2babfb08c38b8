import type { KubeObject, KubeValue } from '../world/kube-object.ts'
import type { World } from '../world/world.ts'
import { minorOf } from './minor-version.ts'
import { getObject, listObjects } from './store.ts'
/** A kind of object as kubectl names it. */
export type Kind = {
  readonly kind: string
  readonly plural: string
  readonly names: readonly string[]
  readonly group: string
  readonly version: string
  readonly isNamespaced: boolean
  /** Of a kind that a definition brings along: the columns that it asks for beside name and age. */
  readonly columns?: readonly KubeValue[]
  /** What can be done with it, where that is not everything. */
  readonly verbs?: readonly string[]
}

const rows: readonly (readonly [kind: string, names: string, version: string, scope: 'ns' | 'cluster'])[] = [
  ['Pod', 'pods pod po', 'v1', 'ns'],
  ['Service', 'services service svc', 'v1', 'ns'],
  ['DaemonSet', 'daemonsets daemonset ds', 'apps/v1', 'ns'],
  ['Deployment', 'deployments deployment deploy', 'apps/v1', 'ns'],
  ['ReplicaSet', 'replicasets replicaset rs', 'apps/v1', 'ns'],
  ['StatefulSet', 'statefulsets statefulset sts', 'apps/v1', 'ns'],
  ['Job', 'jobs job', 'batch/v1', 'ns'],
  ['CronJob', 'cronjobs cronjob cj', 'batch/v1', 'ns'],
  ['Node', 'nodes node no', 'v1', 'cluster'],
  ['Namespace', 'namespaces namespace ns', 'v1', 'cluster'],
  ['Endpoints', 'endpoints endpoints ep', 'v1', 'ns'],
  ['EndpointSlice', 'endpointslices endpointslice', 'discovery.k8s.io/v1', 'ns'],
  ['ConfigMap', 'configmaps configmap cm', 'v1', 'ns'],
  ['Secret', 'secrets secret', 'v1', 'ns'],
  ['ServiceAccount', 'serviceaccounts serviceaccount sa', 'v1', 'ns'],
  ['Event', 'events event ev', 'v1', 'ns'],
  ['PersistentVolume', 'persistentvolumes persistentvolume pv', 'v1', 'cluster'],
  ['PersistentVolumeClaim', 'persistentvolumeclaims persistentvolumeclaim pvc', 'v1', 'ns'],
  ['StorageClass', 'storageclasses storageclass sc', 'storage.k8s.io/v1', 'cluster'],
  ['NetworkPolicy', 'networkpolicies networkpolicy netpol', 'networking.k8s.io/v1', 'ns'],
  ['Ingress', 'ingresses ingress ing', 'networking.k8s.io/v1', 'ns'],
  ['IngressClass', 'ingressclasses ingressclass', 'networking.k8s.io/v1', 'cluster'],
  [
    'CertificateSigningRequest',
    'certificatesigningrequests certificatesigningrequest csr',
    'certificates.k8s.io/v1',
    'cluster',
  ],
  ['Lease', 'leases lease', 'coordination.k8s.io/v1', 'ns'],
  ['ComponentStatus', 'componentstatuses componentstatus cs', 'v1', 'cluster'],
  [
    'ValidatingWebhookConfiguration',
    'validatingwebhookconfigurations validatingwebhookconfiguration',
    'admissionregistration.k8s.io/v1',
    'cluster',
  ],
  [
    'MutatingWebhookConfiguration',
    'mutatingwebhookconfigurations mutatingwebhookconfiguration',
    'admissionregistration.k8s.io/v1',
    'cluster',
  ],
  ['ClusterRole', 'clusterroles clusterrole', 'rbac.authorization.k8s.io/v1', 'cluster'],
  ['ClusterRoleBinding', 'clusterrolebindings clusterrolebinding', 'rbac.authorization.k8s.io/v1', 'cluster'],
  ['Role', 'roles role', 'rbac.authorization.k8s.io/v1', 'ns'],
  ['RoleBinding', 'rolebindings rolebinding', 'rbac.authorization.k8s.io/v1', 'ns'],
  [
    'CustomResourceDefinition',
    'customresourcedefinitions customresourcedefinition crd crds',
    'apiextensions.k8s.io/v1',
    'cluster',
  ],
  ['APIService', 'apiservices apiservice', 'apiregistration.k8s.io/v1', 'cluster'],
  ['HorizontalPodAutoscaler', 'horizontalpodautoscalers horizontalpodautoscaler hpa', 'autoscaling/v2', 'ns'],
  ['PodDisruptionBudget', 'poddisruptionbudgets poddisruptionbudget pdb', 'policy/v1', 'ns'],
  ['ResourceQuota', 'resourcequotas resourcequota quota', 'v1', 'ns'],
  ['LimitRange', 'limitranges limitrange limits', 'v1', 'ns'],
  ['PriorityClass', 'priorityclasses priorityclass pc', 'scheduling.k8s.io/v1', 'cluster'],
  ['ReplicationController', 'replicationcontrollers replicationcontroller rc', 'v1', 'ns'],
  ['PodTemplate', 'podtemplates podtemplate', 'v1', 'ns'],
  ['ControllerRevision', 'controllerrevisions controllerrevision', 'apps/v1', 'ns'],
  ['RuntimeClass', 'runtimeclasses runtimeclass', 'node.k8s.io/v1', 'cluster'],
  ['CSIDriver', 'csidrivers csidriver', 'storage.k8s.io/v1', 'cluster'],
  ['VolumeAttachment', 'volumeattachments volumeattachment', 'storage.k8s.io/v1', 'cluster'],
  ['CSINode', 'csinodes csinode', 'storage.k8s.io/v1', 'cluster'],
  ['CSIStorageCapacity', 'csistoragecapacities csistoragecapacity', 'storage.k8s.io/v1', 'ns'],
  ['FlowSchema', 'flowschemas flowschema', 'flowcontrol.apiserver.k8s.io/v1beta3', 'cluster'],
  [
    'PriorityLevelConfiguration',
    'prioritylevelconfigurations prioritylevelconfiguration',
    'flowcontrol.apiserver.k8s.io/v1beta3',
    'cluster',
  ],
  ['Event', 'events event ev', 'events.k8s.io/v1', 'ns'],
  ['Binding', 'bindings binding', 'v1', 'ns'],
  ['SelfSubjectReview', 'selfsubjectreviews selfsubjectreview', 'authentication.k8s.io/v1', 'cluster'],
  ['TokenReview', 'tokenreviews tokenreview', 'authentication.k8s.io/v1', 'cluster'],
  [
    'LocalSubjectAccessReview',
    'localsubjectaccessreviews localsubjectaccessreview',
    'authorization.k8s.io/v1',
    'ns',
  ],
  [
    'SelfSubjectAccessReview',
    'selfsubjectaccessreviews selfsubjectaccessreview',
    'authorization.k8s.io/v1',
    'cluster',
  ],
  [
    'SelfSubjectRulesReview',
    'selfsubjectrulesreviews selfsubjectrulesreview',
    'authorization.k8s.io/v1',
    'cluster',
  ],
  ['SubjectAccessReview', 'subjectaccessreviews subjectaccessreview', 'authorization.k8s.io/v1', 'cluster'],
  ['NodeMetrics', 'nodes nodemetrics', 'metrics.k8s.io/v1beta1', 'cluster'],
  ['PodMetrics', 'pods podmetrics', 'metrics.k8s.io/v1beta1', 'ns'],
]

/** What can be done with a kind unless something is said of it. */
export const everyVerb = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch']

const verbsFor = (kind: string): readonly string[] => {
  if (kind === 'Binding' || kind.endsWith('Review')) return ['create']
  if (kind === 'ComponentStatus' || kind.endsWith('Metrics')) return ['get', 'list']
  return kind === 'Namespace' ? everyVerb.filter(verb => verb !== 'deletecollection') : everyVerb
}

/** What can be done with a kind, in the order of the alphabet. */
export const verbsOf = ({ verbs }: Kind): readonly string[] => verbs ?? everyVerb

/** Every kind that the API server serves. */
export const kinds: readonly Kind[] = rows.map(([kind, names, version, scope]) => ({
  kind,
  plural: names.split(' ')[0] ?? '',
  names: names.split(' '),
  group: version.includes('/') ? (version.split('/')[0] ?? '') : '',
  version,
  isNamespaced: scope === 'ns',
  verbs: verbsFor(kind),
}))

/** The kind that a definition brings along, while the API server serves it. */
const customKind = ({ spec, status }: KubeObject): readonly Kind[] => {
  const { names, group, scope, versions = [] } = spec ?? {}
  const served = versions.find((one: KubeValue) => one.served)
  const isNamed = status?.conditions?.some((c: KubeValue) => c.type === 'Established' && c.status === 'True')
  if (served === undefined || isNamed !== true) return []
  const words = [names.plural, names.singular ?? names.kind.toLowerCase(), ...(names.shortNames ?? [])]
  return [
    {
      kind: names.kind,
      plural: names.plural,
      names: words,
      group,
      version: `${group}/${served.name}`,
      isNamespaced: scope === 'Namespaced',
      columns: served.additionalPrinterColumns ?? [],
    },
  ]
}

/** Kinds that older clusters lack, with the minor release that brought them. */
const firstMinor: Readonly<Record<string, number>> = {
  EndpointSlice: 21,
  CSINode: 17,
  CSIStorageCapacity: 24,
  FlowSchema: 26,
  PriorityLevelConfiguration: 26,
  SelfSubjectReview: 28,
}

/** Whether the server is there that answers for a kind: figures come from a metrics server. */
const isServed = ({ kube }: Pick<World, 'kube'>, { kind }: Kind): boolean =>
  !kind.endsWith('Metrics') ||
  getObject(kube, { kind: 'APIService', name: 'v1beta1.metrics.k8s.io' }) !== undefined

/** Every kind that the API server of a world serves: its own, and those that are defined. */
export const kindsIn = ({ kube }: Pick<World, 'kube'>): readonly Kind[] => [
  ...kinds.filter(kind => minorOf({ kube }) >= (firstMinor[kind.kind] ?? 0) && isServed({ kube }, kind)),
  ...listObjects(kube, 'CustomResourceDefinition').flatMap(customKind),
]

/** The kind that a word such as `po`, `deployments.apps` or `Pod` means; in a world also one that is defined there. */
export const kindOf = (word: string, world?: Pick<World, 'kube'>): Kind | undefined => {
  const lower = word.toLowerCase()
  const [name = '', ...group] = lower.split('.')
  return (world === undefined ? kinds : kindsIn(world)).find(
    kind =>
      kind.names.includes(name) &&
      (group.length === 0 || `${kind.group}.`.startsWith(`${group.join('.').replace(/^v\d\w*\./, '')}`)),
  )
}

/** A kind's name in front of an object's: `pod`, `deployment.apps`. */
export const prefixOf = ({ kind, group }: Pick<Kind, 'kind' | 'group'>): string =>
  `${kind.toLowerCase()}${group === '' ? '' : `.${group}`}`

/** The group of an object's version: `apps` of `apps/v1`, none of `v1`. */
export const groupIn = (apiVersion: string): string =>
  apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : ''

/** What `get all` shows. */
export const allKinds: readonly string[] = [
  'pods',
  'replicationcontrollers',
  'services',
  'daemonsets',
  'deployments',
  'replicasets',
  'statefulsets',
  'horizontalpodautoscalers',
  'cronjobs',
  'jobs',
]
