import { withPlainData } from '../../kube/merge-fields.ts'
import { listObjects } from '../../kube/store.ts'
import { isInNetwork } from '../../network/addresses.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { podSpecOf } from '../../worlds/kube/templates.ts'
import { admitPod } from '../admission/admit-pod.ts'
import { identifyJob } from '../admission/job-identity.ts'
import { serviceRangeOf } from '../service-range.ts'

/** Gives a map in place what it lacks; what it has stays, in its order. */
const fillIn = (map: KubeValue, usual: Readonly<Record<string, KubeValue>>): void => {
  for (const [key, value] of Object.entries(usual)) if (map[key] == null) map[key] = structuredClone(value)
}

const rolling = { maxSurge: '25%', maxUnavailable: '25%' }

const byKind: Readonly<Record<string, Readonly<Record<string, KubeValue>>>> = {
  Deployment: { replicas: 1, progressDeadlineSeconds: 600, revisionHistoryLimit: 10, strategy: {} },
  ReplicaSet: { replicas: 1 },
  StatefulSet: {
    replicas: 1,
    podManagementPolicy: 'OrderedReady',
    revisionHistoryLimit: 10,
    updateStrategy: { rollingUpdate: { partition: 0 }, type: 'RollingUpdate' },
  },
  DaemonSet: {
    revisionHistoryLimit: 10,
    updateStrategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 }, type: 'RollingUpdate' },
  },
  Job: { backoffLimit: 6, completionMode: 'NonIndexed', suspend: false },
  CronJob: {
    concurrencyPolicy: 'Allow',
    failedJobsHistoryLimit: 1,
    successfulJobsHistoryLimit: 3,
    suspend: false,
  },
  Service: { type: 'ClusterIP', sessionAffinity: 'None' },
  PersistentVolume: { persistentVolumeReclaimPolicy: 'Retain', volumeMode: 'Filesystem' },
}

const fillTemplate = (template: KubeValue): void => {
  if (typeof template !== 'object' || template === null) return
  template.metadata ??= {}
  if (!('creationTimestamp' in template.metadata)) template.metadata.creationTimestamp = null
  if (Array.isArray(template.spec?.containers)) fillPod(template.spec)
}

const fillPod = (spec: KubeValue): void => {
  const whole = podSpecOf(spec)
  for (const list of ['containers', 'initContainers'])
    spec[list]?.forEach((container: KubeValue, at: number) => {
      fillIn(container, whole[list][at])
    })
  fillIn(spec, whole)
}

const fillStrategy = (strategy: KubeValue): void => {
  strategy.type ??= 'RollingUpdate'
  if (strategy.type !== 'RollingUpdate') return
  strategy.rollingUpdate ??= {}
  fillIn(strategy.rollingUpdate, rolling)
}

const fillAffinity = (spec: KubeValue): void => {
  if (spec.sessionAffinity !== 'ClientIP') delete spec.sessionAffinityConfig
  else spec.sessionAffinityConfig ??= { clientIP: { timeoutSeconds: 10_800 } }
}

const fillJob = (spec: KubeValue): void => {
  if (spec.parallelism == null) spec.completions ??= 1
  spec.parallelism ??= 1
}

/** Gives an object in place the fields of its specification that the API server fills in where nobody says anything. */
export const fillDefaults = (object: KubeValue): void => {
  const { spec, kind } = object
  if (typeof spec !== 'object' || spec === null) return
  fillIn(spec, byKind[kind] ?? {})
  if (kind === 'Pod' && Array.isArray(spec.containers)) fillPod(spec)
  if (byKind[kind] !== undefined && 'template' in spec) fillTemplate(spec.template)
  if (kind === 'Job') fillJob(spec)
  if (kind === 'CronJob') fillTemplate(spec.jobTemplate?.spec?.template)
  if (kind === 'Deployment') fillStrategy(spec.strategy)
  if (kind === 'Service') fillAffinity(spec)
  if (kind === 'Service' && spec.type === 'ExternalName')
    for (const field of ['clusterIP', 'clusterIPs']) delete spec[field]
  if (kind === 'Service')
    for (const port of spec.ports ?? []) fillIn(port, { protocol: 'TCP', targetPort: port.port })
}

const usedAddresses = ({ kube }: World): ReadonlySet<unknown> =>
  new Set(listObjects(kube, 'Service').map(({ spec }) => spec?.clusterIP))

/** Why a new service cannot have the address that it asks for. */
export const addressProblem = (world: World, { kind, metadata, spec }: KubeValue): string | undefined => {
  const wanted: string | undefined = spec?.clusterIP
  if (kind !== 'Service' || !wanted || wanted === 'None') return undefined
  const range = serviceRangeOf(world)
  const why = !isInNetwork(wanted, range)
    ? `the provided IP (${wanted}) is not in the valid range. The range of valid IPs is ${range}`
    : usedAddresses(world).has(wanted)
      ? 'provided IP is already allocated'
      : undefined
  return why === undefined
    ? undefined
    : `The Service "${metadata.name}" is invalid: spec.clusterIPs: Invalid value: []string{"${wanted}"}: failed to allocate IP ${wanted}: ${why}\n`
}

const freeAddress = (world: World): string => {
  const used = usedAddresses(world)
  const [start = '', length] = serviceRangeOf(world).split('/')
  const [a, b] = start.split('.')
  const second = Number(b) + (Number(length) <= 12 ? 6 : 0)
  for (let n = 0; n < 60_000; n++) {
    const address = `${a}.${second}.${Math.floor(n / 250) + 17}.${(n % 250) + 2}`
    if (!used.has(address)) return address
  }
  return ''
}

/** Gives a service in place an address where it has none and its type wants one. */
export const giveAddress = (world: World, { kind, spec }: KubeValue): void => {
  if (kind !== 'Service' || spec.type === 'ExternalName') return
  if (!spec.clusterIP) spec.clusterIP = freeAddress(world)
  spec.clusterIPs ??= [spec.clusterIP]
}

const workloads = new Set(['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'])
const counted = new Set([
  ...workloads,
  'Job',
  'CronJob',
  'Ingress',
  'IngressClass',
  'NetworkPolicy',
  'PodDisruptionBudget',
  'PriorityClass',
  'CustomResourceDefinition',
  'ValidatingWebhookConfiguration',
  'MutatingWebhookConfiguration',
])

/** A new object as the API server stores it: with its defaults, what admission adds, an address, and the status that it begins with. */
export const newObject = (world: World, given: KubeValue): KubeValue => {
  const object = structuredClone(given) as KubeObject
  fillDefaults(object)
  const { kind } = object
  if (counted.has(kind)) object.metadata = { ...object.metadata, generation: 1 }
  if (workloads.has(kind)) return { ...object, status: {} }
  switch (kind) {
    case 'Pod':
      return admitPod(world.kube, object)
    case 'Job':
      return { ...identifyJob(world, object), status: {} }
    case 'Service':
      giveAddress(world, object)
      return { ...object, status: { loadBalancer: {} } }
    case 'Namespace':
      return {
        ...object,
        metadata: {
          ...object.metadata,
          labels: { ...object.metadata.labels, 'kubernetes.io/metadata.name': object.metadata.name },
        },
        spec: { finalizers: ['kubernetes'] },
        status: { phase: 'Active' },
      }
    case 'PersistentVolumeClaim':
      return { ...object, status: { phase: 'Pending' } }
    case 'PersistentVolume':
      return { ...object, status: { phase: 'Available' } }
    case 'Secret':
      return { ...withPlainData(object), type: object.type ?? 'Opaque' }
    default:
      return object
  }
}
