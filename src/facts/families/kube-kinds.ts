import * as cells from './kube-cells.ts'
import {
  asBytes,
  asFlag,
  asLabels,
  asList,
  asNumber,
  asPair,
  asSeconds,
  asText,
  type CellReader,
  matching,
} from './row-readers.ts'

/**
 * A kind of Kubernetes object as `kubectl get` lists it: the fact that its rows go to, the names it goes by, what its header
 * (titles joined by `|`) looks like, and how its columns are read. `standard` are the titles of the plain listing and `wide` those
 * that `-o wide` puts behind them, for lines whose header was filtered away.
 */
export type KubeKind = {
  readonly fact: string
  readonly names: readonly string[]
  readonly header: RegExp
  readonly columns: Readonly<Record<string, CellReader>>
  readonly standard: string
  readonly wide?: string
  /** Objects of the whole cluster, which stand in no namespace. */
  readonly global?: true
}

const never = /$^/

/** The kinds, the more particular headers first. */
export const kubeKinds: readonly KubeKind[] = [
  {
    fact: 'events',
    names: ['events', 'event', 'ev'],
    header: /LAST ?SEEN.*\|REASON\|.*MESSAGE/,
    columns: {
      'LAST SEEN': cells.lastSeen,
      LASTSEEN: cells.lastSeen,
      'FIRST SEEN': asSeconds('firstSeenSeconds'),
      FIRSTSEEN: asSeconds('firstSeenSeconds'),
      COUNT: asNumber('count'),
      TYPE: matching(/^[A-Z]\w+$/, asText('kind')),
      REASON: asText('reason'),
      OBJECT: asText('object'),
      KIND: asText('objectKind'),
      SUBOBJECT: asText('part'),
      SOURCE: asText('source'),
      NAME: asText('event'),
      MESSAGE: cell => ({ message: cell }),
    },
    standard: 'LAST SEEN|TYPE|REASON|OBJECT|MESSAGE',
  },
  {
    fact: 'pods',
    names: ['pods', 'pod', 'po'],
    header: /READY\|STATUS\|RESTARTS/,
    columns: {
      READY: matching(/^\d+\/\d+$/, asPair('ready', 'total')),
      STATUS: matching(/^[A-Z]/, asText('status')),
      RESTARTS: cells.restarts,
      IP: asText('ip'),
      NODE: asText('node'),
      'NOMINATED NODE': asText('nominatedNode'),
      'READINESS GATES': asText('readinessGates'),
    },
    standard: 'NAME|READY|STATUS|RESTARTS|AGE',
    wide: 'IP|NODE|NOMINATED NODE|READINESS GATES',
  },
  {
    fact: 'nodes',
    global: true,
    names: ['nodes', 'node', 'no'],
    header: /STATUS\|(?:ROLES\|)?AGE\|VERSION/,
    columns: {
      STATUS: cells.nodeStatus,
      ROLES: asList('roles'),
      VERSION: asText('version'),
      'INTERNAL-IP': asText('internalIP'),
      'EXTERNAL-IP': asText('externalIP'),
      'OS-IMAGE': asText('osImage'),
      'KERNEL-VERSION': asText('kernel'),
      'CONTAINER-RUNTIME': asText('runtime'),
    },
    standard: 'NAME|STATUS|ROLES|AGE|VERSION',
    wide: 'INTERNAL-IP|EXTERNAL-IP|OS-IMAGE|KERNEL-VERSION|CONTAINER-RUNTIME',
  },
  {
    fact: 'nodes',
    global: true,
    names: [],
    header: /CPU\(cores\)\|CPU%/,
    columns: cells.usage,
    standard: 'NAME|CPU(cores)|CPU%|MEMORY(bytes)|MEMORY%',
  },
  {
    fact: 'pods',
    names: [],
    header: /CPU\(cores\)\|MEMORY\(bytes\)/,
    columns: cells.usage,
    standard: 'NAME|CPU(cores)|MEMORY(bytes)',
  },
  {
    fact: 'services',
    names: ['services', 'service', 'svc'],
    header: /CLUSTER-IP/,
    columns: {
      TYPE: asText('type'),
      'CLUSTER-IP': asText('clusterIP'),
      'EXTERNAL-IP': cells.externalIPs,
      'PORT(S)': asList('ports'),
      SELECTOR: asLabels('selector'),
    },
    standard: 'NAME|TYPE|CLUSTER-IP|EXTERNAL-IP|PORT(S)|AGE',
    wide: 'SELECTOR',
  },
  {
    fact: 'endpointSlices',
    names: ['endpointslices', 'endpointslice', 'endpointslices.discovery.k8s.io'],
    header: /ADDRESSTYPE/,
    columns: {
      ADDRESSTYPE: asText('addressType'),
      PORTS: asList('ports'),
      ENDPOINTS: cells.addresses,
    },
    standard: 'NAME|ADDRESSTYPE|PORTS|ENDPOINTS|AGE',
  },
  {
    fact: 'endpoints',
    names: ['endpoints', 'endpoint', 'ep'],
    header: /(?:^|\|)ENDPOINTS/,
    columns: { ENDPOINTS: cells.addresses },
    standard: 'NAME|ENDPOINTS|AGE',
  },
  {
    fact: 'signingRequests',
    global: true,
    names: ['csr', 'certificatesigningrequests', 'certificatesigningrequest'],
    header: /REQUESTOR/,
    columns: {
      SIGNERNAME: asText('signer'),
      REQUESTOR: asText('requestor'),
      REQUESTEDDURATION: asSeconds('requestedDurationSeconds'),
      CONDITION: asText('condition'),
    },
    standard: 'NAME|AGE|SIGNERNAME|REQUESTOR|REQUESTEDDURATION|CONDITION',
  },
  {
    fact: 'components',
    global: true,
    names: ['cs', 'componentstatuses', 'componentstatus'],
    header: /STATUS\|MESSAGE\|ERROR/,
    columns: {
      STATUS: cells.health,
      MESSAGE: asText('message'),
      ERROR: asText('error'),
    },
    standard: 'NAME|STATUS|MESSAGE|ERROR',
  },
  {
    fact: 'claims',
    names: ['pvc', 'persistentvolumeclaims', 'persistentvolumeclaim'],
    header: /STATUS\|VOLUME/,
    columns: {
      STATUS: matching(/^[A-Z]\w+$/, asText('status')),
      VOLUME: asText('volume'),
      CAPACITY: asBytes('capacity'),
      'ACCESS MODES': asList('accessModes'),
      STORAGECLASS: asText('storageClass'),
      VOLUMEATTRIBUTESCLASS: asText('volumeAttributesClass'),
      VOLUMEMODE: asText('volumeMode'),
    },
    standard: 'NAME|STATUS|VOLUME|CAPACITY|ACCESS MODES|STORAGECLASS|AGE',
  },
  {
    fact: 'volumes',
    global: true,
    names: ['pv', 'persistentvolumes', 'persistentvolume'],
    header: /RECLAIM ?POLICY\|STATUS/,
    columns: {
      CAPACITY: asBytes('capacity'),
      'ACCESS MODES': asList('accessModes'),
      'RECLAIM POLICY': asText('reclaimPolicy'),
      STATUS: matching(/^[A-Z]\w+$/, asText('status')),
      CLAIM: asText('claim'),
      STORAGECLASS: asText('storageClass'),
      REASON: asText('reason'),
    },
    standard: 'NAME|CAPACITY|ACCESS MODES|RECLAIM POLICY|STATUS|CLAIM|STORAGECLASS|REASON|AGE',
  },
  {
    fact: 'daemonSets',
    names: ['daemonsets', 'daemonset', 'ds'],
    header: /CURRENT\|.*NODE SELECTOR/,
    columns: { ...cells.counts, 'NODE SELECTOR': asText('nodeSelector') },
    standard: 'NAME|DESIRED|CURRENT|READY|UP-TO-DATE|AVAILABLE|NODE SELECTOR|AGE',
    wide: 'CONTAINERS|IMAGES|SELECTOR',
  },
  {
    fact: 'deployments',
    names: ['deployments', 'deployment', 'deploy'],
    header: /UP-TO-DATE\|AVAILABLE/,
    columns: cells.counts,
    standard: 'NAME|READY|UP-TO-DATE|AVAILABLE|AGE',
    wide: 'CONTAINERS|IMAGES|SELECTOR',
  },
  {
    fact: 'replicaSets',
    names: ['replicasets', 'replicaset', 'rs', 'replicationcontrollers', 'replicationcontroller', 'rc'],
    header: /DESIRED\|CURRENT\|READY/,
    columns: cells.counts,
    standard: 'NAME|DESIRED|CURRENT|READY|AGE',
    wide: 'CONTAINERS|IMAGES|SELECTOR',
  },
  {
    fact: 'statefulSets',
    names: ['statefulsets', 'statefulset', 'sts'],
    header: /NAME\|(?:READY|DESIRED\|CURRENT)\|AGE/,
    columns: cells.counts,
    standard: 'NAME|READY|AGE',
    wide: 'CONTAINERS|IMAGES',
  },
  {
    fact: 'jobs',
    names: ['jobs', 'job'],
    header: /COMPLETIONS/,
    columns: { ...cells.counts, COMPLETIONS: asPair('succeeded', 'completions'), STATUS: asText('status') },
    standard: 'NAME|STATUS|COMPLETIONS|DURATION|AGE',
    wide: 'CONTAINERS|IMAGES|SELECTOR',
  },
  {
    fact: 'cronJobs',
    names: ['cronjobs', 'cronjob', 'cj'],
    header: /SCHEDULE\|(?:TIMEZONE\|)?SUSPEND/,
    columns: {
      SCHEDULE: asText('schedule'),
      SUSPEND: asFlag('suspended'),
      ACTIVE: asNumber('active'),
      'LAST SCHEDULE': asSeconds('lastScheduleSeconds'),
    },
    standard: 'NAME|SCHEDULE|TIMEZONE|SUSPEND|ACTIVE|LAST SCHEDULE|AGE',
  },
  {
    fact: 'clusterOperators',
    global: true,
    names: ['clusteroperators', 'clusteroperator', 'co'],
    header: /AVAILABLE\|PROGRESSING\|DEGRADED/,
    columns: {
      AVAILABLE: asFlag('available'),
      PROGRESSING: asFlag('progressing'),
      DEGRADED: asFlag('degraded'),
      SINCE: asSeconds('sinceSeconds'),
      VERSION: asText('version'),
      MESSAGE: asText('message'),
    },
    standard: 'NAME|VERSION|AVAILABLE|PROGRESSING|DEGRADED|SINCE|MESSAGE',
  },
  {
    fact: 'ingresses',
    names: ['ingresses', 'ingress', 'ing'],
    header: /HOSTS\|ADDRESS/,
    columns: {
      CLASS: asText('class'),
      HOSTS: asList('hosts'),
      ADDRESS: asList('addresses'),
      PORTS: asList('ports'),
    },
    standard: 'NAME|CLASS|HOSTS|ADDRESS|PORTS|AGE',
  },
  {
    fact: 'leases',
    names: ['leases', 'lease'],
    header: /NAME\|HOLDER/,
    columns: { HOLDER: asText('holder') },
    standard: 'NAME|HOLDER|AGE',
  },
  {
    fact: 'secrets',
    names: ['secrets', 'secret'],
    header: /NAME\|TYPE\|DATA\|AGE/,
    columns: { TYPE: asText('type'), DATA: asNumber('entries') },
    standard: 'NAME|TYPE|DATA|AGE',
  },
  {
    fact: 'configMaps',
    names: ['configmaps', 'configmap', 'cm'],
    header: /NAME\|DATA\|AGE/,
    columns: { DATA: asNumber('entries') },
    standard: 'NAME|DATA|AGE',
  },
  {
    fact: 'storageClasses',
    global: true,
    names: ['storageclasses', 'storageclass', 'sc'],
    header: /PROVISIONER/,
    columns: { PROVISIONER: asText('provisioner'), RECLAIMPOLICY: asText('reclaimPolicy') },
    standard: 'NAME|PROVISIONER|RECLAIMPOLICY|VOLUMEBINDINGMODE|ALLOWVOLUMEEXPANSION|AGE',
  },
  {
    fact: 'namespaces',
    global: true,
    names: ['namespaces', 'namespace', 'ns'],
    header: /^NAME\|STATUS\|AGE$/,
    columns: { STATUS: matching(/^(?:Active|Terminating)$/, asText('status')) },
    standard: 'NAME|STATUS|AGE',
  },
]

/** Objects of kinds that have no reader of their own. */
export const otherKind: KubeKind = {
  fact: 'resources',
  names: [],
  header: never,
  columns: {},
  standard: 'NAME|AGE',
}

/** The kind that goes by a name, in any of its spellings. */
export const kindNamed = (name: string): KubeKind | undefined => {
  const plain = name.toLowerCase().replace(/\.(?:apps|batch|networking\.k8s\.io|discovery\.k8s\.io|v1)$/, '')
  return kubeKinds.find(kind => kind.names.includes(plain))
}
