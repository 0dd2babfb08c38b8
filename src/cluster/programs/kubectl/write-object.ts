import { getObject, putObject, touchObject } from '../../kube/store.ts'
import { admitPod } from '../../laws/controllers/make-pod.ts'
import { invalidity, unreadable } from '../../relations/admission/validity.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import { podSpecOf } from '../../worlds/kube/templates.ts'
import { applyWarning, dropRemoved, withNote } from './apply-object.ts'
import type { Client } from './client.ts'
import { groupIn, type Kind, kindOf, prefixOf } from './kinds.ts'
import { mergeFields, withPlainData } from './merge-fields.ts'
import { objection, type WriteMode, type Written } from './refused-write.ts'
import { checkFields } from './unknown-fields.ts'

/** The group versions that were taken away, with the minor version of Kubernetes that took them. */
const goneSince: Readonly<Record<string, number>> = {
  'extensions/v1beta1': 16,
  'apps/v1beta1': 16,
  'apps/v1beta2': 16,
  'batch/v1beta1': 25,
  'policy/v1beta1': 25,
}

const isGone = ({ call }: Client, apiVersion: string): boolean =>
  Number(/\.(\d+)\./.exec(call.world.kube.version)?.[1] ?? 0) >=
  (goneSince[apiVersion] ?? Number.POSITIVE_INFINITY)

const freeAddress = (client: Client): string => {
  const used = new Set([...client.call.world.kube.objects.values()].map(o => o.spec?.clusterIP))
  const [start = '', length] = client.call.world.kube.serviceCidr.split('/')
  const [a, b] = start.split('.')
  const second = Number(b) + (Number(length) <= 12 ? 6 : 0)
  for (let n = 0; n < 60_000; n++) {
    const address = `${a}.${second}.${Math.floor(n / 250) + 17}.${(n % 250) + 2}`
    if (!used.has(address)) return address
  }
  return ''
}

const rolling = {
  progressDeadlineSeconds: 600,
  revisionHistoryLimit: 10,
  strategy: { rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' }, type: 'RollingUpdate' },
}

const completeWorkload = (object: KubeValue): KubeValue => {
  const { spec, kind } = object
  const { template } = spec
  return {
    ...object,
    metadata: { generation: 1, ...object.metadata },
    spec: {
      ...(kind === 'DaemonSet' ? {} : { replicas: 1 }),
      ...(kind === 'Deployment' ? rolling : {}),
      ...spec,
      template: {
        ...template,
        metadata: { creationTimestamp: null, ...template.metadata },
        spec: podSpecOf(template.spec),
      },
    },
    status: {},
  }
}

const complete = (client: Client, object: KubeValue): KubeValue => {
  const { spec } = object
  switch (object.kind) {
    case 'Pod':
      return admitPod(client.call.world.kube, { ...object, spec: podSpecOf(spec) })
    case 'Deployment':
    case 'ReplicaSet':
    case 'StatefulSet':
    case 'DaemonSet':
      return completeWorkload(object)
    case 'Service': {
      const clusterIP = spec.clusterIP ?? freeAddress(client)
      return {
        ...object,
        spec: {
          type: 'ClusterIP',
          sessionAffinity: 'None',
          ...spec,
          clusterIP,
          ports: (spec.ports ?? []).map((p: KubeValue) => ({ protocol: 'TCP', targetPort: p.port, ...p })),
        },
        status: { loadBalancer: {} },
      }
    }
    case 'Namespace':
      return { ...object, spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' } }
    case 'PersistentVolumeClaim':
      return { ...object, status: { phase: 'Pending' } }
    case 'PersistentVolume':
      return {
        ...object,
        spec: { persistentVolumeReclaimPolicy: 'Retain', volumeMode: 'Filesystem', ...spec },
        status: { phase: 'Available' },
      }
    case 'Secret':
      return { ...withPlainData(object), type: object.type ?? 'Opaque' }
    default:
      return object
  }
}

/** Whether a kind of Kubernetes itself has never been served in a version. */
const isForeign = ({ version, columns }: Kind, apiVersion: string): boolean =>
  columns === undefined &&
  apiVersion !== version &&
  apiVersion !== 'autoscaling/v1' &&
  !/beta|alpha/.test(apiVersion)

const problemOf = (client: Client, object: KubeValue, kind: Kind | undefined): string | undefined => {
  if (kind === undefined || isGone(client, object.apiVersion) || isForeign(kind, String(object.apiVersion)))
    return `error: resource mapping not found for name: "${object.metadata?.name ?? ''}" namespace: "${object.metadata?.namespace ?? ''}" from "${client.args.flags.get('filename') ?? ''}": no matches for kind "${object.kind}" in version "${object.apiVersion}"\nensure CRDs are installed first\n`
  if (object.metadata?.name === undefined && object.metadata?.generateName === undefined)
    return 'error: resource name may not be empty\n'
  const namespace = kind.isNamespaced ? (object.metadata.namespace ?? client.namespace) : undefined
  if (
    namespace !== undefined &&
    getObject(client.call.world.kube, { kind: 'Namespace', name: namespace }) === undefined
  )
    return `Error from server (NotFound): error when creating "${client.args.flags.get('filename') ?? ''}": namespaces "${namespace}" not found\n`
  return undefined
}

/** Why the API server does not take an object with a change, as kubectl tells it; `undefined` where it does. */
export const changeProblem = (
  object: KubeObject,
  change: (copy: KubeObject) => unknown,
): string | undefined => {
  const copy = structuredClone(object)
  change(copy)
  const unread = unreadable(copy)
  if (unread !== undefined) return `Error from server (BadRequest): ${unread}\n`
  const problem = invalidity(copy, object)
  return problem === undefined ? undefined : `${problem}\n`
}

/** The same of a change that is merged into it. */
export const mergeProblem = (object: KubeObject, change: KubeValue): string | undefined =>
  changeProblem(object, copy => mergeFields(copy, change))

/** Merges a change into an object in place; a changed specification gets a new generation. Whether it changed. */
export const mergeInto = (client: Client, object: KubeObject, change: KubeValue): boolean => {
  const before = JSON.stringify({ ...object, status: undefined })
  const specBefore = JSON.stringify(object.spec)
  mergeFields(object, change)
  if (before === JSON.stringify({ ...object, status: undefined })) return false
  if (specBefore !== JSON.stringify(object.spec))
    object.metadata.generation = (object.metadata.generation ?? 1) + 1
  touchObject(client.call.world, object)
  return true
}

/** The kind of a manifest: where several groups have one of its name, that of its own. */
const typeOf = ({ call: { world } }: Client, { kind = '', apiVersion = '' }: KubeValue): Kind | undefined => {
  const group = groupIn(String(apiVersion))
  return kindOf(group === '' ? kind : `${kind}.${group}`, world) ?? kindOf(kind, world)
}

const newProblem = ({ args }: Client, object: KubeValue): string | undefined => {
  const unread = unreadable(object)
  if (unread !== undefined)
    return `Error from server (BadRequest): error when creating "${args.flags.get('filename') ?? ''}": ${unread}\n`
  const problem = invalidity(object)
  return problem === undefined ? undefined : `${problem}\n`
}

/** Creates an object, or changes one that is there where `apply` wants it. */
export const writeObject = (client: Client, object: KubeValue, mode: WriteMode): Written => {
  const kind = typeOf(client, object)
  const problem = problemOf(client, object, kind)
  if (problem !== undefined || kind === undefined) return { stderr: problem ?? '' }
  const namespace = kind.isNamespaced ? (object.metadata.namespace ?? client.namespace) : undefined
  const { name } = object.metadata
  const title = `${prefixOf(kind)}/${name}`
  const known = getObject(client.call.world.kube, { kind: kind.kind, namespace, name })
  const refused = objection(client, { object, kind, known }, mode)
  if (refused !== undefined) return refused
  const fields = checkFields(client, object, known !== undefined)
  if (fields.stderr !== undefined) return fields
  const invalid = known === undefined ? newProblem(client, object) : mergeProblem(known, object)
  if (invalid !== undefined) return { stderr: invalid }
  if (client.args.flags.has('dry-run'))
    return { stdout: `${title} ${known === undefined ? 'created' : 'configured'} (dry run)\n` }
  const given = mode === 'apply' ? withNote(object) : object
  if (known !== undefined) {
    const unnoted = mode === 'apply' ? applyWarning(`${kind.plural}/${name}`, known) : undefined
    const warning = [unnoted, fields.warning].filter(text => text !== undefined).join('')
    const dropped = mode === 'apply' && dropRemoved(known, object)
    const changed = mergeInto(client, known, given) || dropped || unnoted !== undefined
    const word = mode === 'replace' ? 'replaced' : changed ? 'configured' : 'unchanged'
    return { stdout: `${title} ${word}\n`, ...(warning === '' ? {} : { warning }) }
  }
  const metadata = { ...object.metadata, ...(namespace === undefined ? {} : { namespace }) }
  putObject(
    client.call.world,
    complete(client, {
      ...given,
      metadata: { ...given.metadata, ...metadata, annotations: given.metadata.annotations },
    }),
  )
  return { ...fields, stdout: `${title} created\n` }
}
