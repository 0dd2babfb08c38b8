import { deleteObject } from '../../kube/deletion.ts'
import { type Kind, kindOf } from '../../kube/kinds.ts'
import { getObject, nameKeyOf, touchObject } from '../../kube/store.ts'
import { isoOf } from '../../kube/times.ts'
import { deletePod } from '../../laws/controllers/make-pod.ts'
import type { Following, Reply } from '../../shell/program.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import { durationOf } from './arguments.ts'
import { mergeInto, mergeProblem } from './change-object.ts'
import type { Client } from './client.ts'
import { findWanted, readWanted, type Wanted } from './find.ts'
import { readManifests } from './manifests.ts'
import { etcdProblem, writeProblem } from './refused-write.ts'
import { writeObject } from './write-object.ts'
import { prefixFor, replyOf } from './written.ts'

/** `kubectl create -f`, `apply -f` and `replace -f`. */
export const writeManifests = (client: Client, mode: 'create' | 'apply' | 'replace'): Reply => {
  if (!client.args.flags.has('filename')) return { stderr: `error: must specify one of -f and -k\n`, exit: 1 }
  const objects = readManifests(client.call, client.args)
  if ('problem' in objects) return { stderr: String(objects.problem), exit: 1 }
  if (objects.length === 0) return { stderr: `error: no objects passed to ${mode}\n`, exit: 1 }
  return (
    etcdProblem(client) ??
    replyOf(
      client,
      objects.map(object => writeObject(client, object, mode)),
    )
  )
}

/** The objects that a command names by kind and name, selector, file or `--all`. */
export const targetsOf = (
  client: Client,
  words: readonly string[],
): { readonly items: readonly (KubeObject & { readonly of?: Kind })[]; readonly problems: string } => {
  if (client.args.flags.has('filename')) {
    const objects = readManifests(client.call, client.args)
    if ('problem' in objects) return { items: [], problems: String(objects.problem) }
    const found = objects.map((o: KubeValue) =>
      getObject(client.call.world.kube, {
        kind: o.kind,
        namespace: kindOf(o.kind, client.call.world)?.isNamespaced
          ? (o.metadata?.namespace ?? client.namespace)
          : undefined,
        name: o.metadata?.name,
      }),
    )
    const missing = objects.filter((_: KubeValue, at: number) => found[at] === undefined)
    return {
      items: found.filter(o => o !== undefined),
      problems: missing
        .map(
          (o: KubeValue) =>
            `Error from server (NotFound): ${kindOf(o.kind, client.call.world)?.plural ?? o.kind} "${o.metadata?.name}" not found\n`,
        )
        .join(''),
    }
  }
  const wanted = readWanted(client, words)
  if ('problem' in wanted) return { items: [], problems: wanted.problem }
  const { flags, words: given } = client.args
  const isAll =
    flags.has('all') || flags.has('selector') || flags.has('field-selector') || given[0] === 'rollout'
  if (wanted.some((w: Wanted) => w.names.length === 0) && !isAll)
    return { items: [], problems: 'error: resource(s) were provided, but no name was specified\n' }
  const found = wanted.map(w => findWanted(client, w))
  return { items: found.flatMap(f => f.items), problems: found.map(f => f.problems).join('') }
}

/** The name of an object with its kind in front. */
export const titleOf = (object: KubeObject): string => {
  return `${prefixFor(object)}/${object.metadata.name}`
}

const GRACE_MS = 2_000

/** In how many seconds a pod is to be gone, where somebody says so. */
const graceOf = ({ args: { flags } }: Client): number | undefined => {
  const asked = Number(flags.has('now') ? 1 : (flags.get('grace-period') ?? -1))
  return asked < 0 ? undefined : asked
}

/** Namespaces that the API server lets nobody delete. */
const lastingSpaces = new Set(['default', 'kube-system', 'kube-public'])

/** `kubectl delete`: pods go when their kubelet has stopped them, which is waited for. */
export const deleteObjects = async (client: Client): Promise<Reply> => {
  const { items, problems } = targetsOf(client, client.args.words.slice(1))
  const refused = writeProblem(client, { verb: 'delete' }, items)
  if (refused !== undefined) return refused
  const lasting = items.filter(
    ({ kind, metadata }) => kind === 'Namespace' && lastingSpaces.has(metadata.name),
  )
  const going = items.filter(item => !lasting.includes(item))
  const { flags } = client.args
  const isForced = flags.has('force') || flags.get('grace-period') === '0'
  let out = ''
  for (const object of going) {
    out += `${prefixFor(object)} "${object.metadata.name}" ${isForced ? 'force deleted' : 'deleted'}\n`
    if (object.kind === 'Pod' && !isForced) deletePod(client.call.world, object, graceOf(client))
    else if (object.kind === 'Namespace') {
      object.metadata.deletionTimestamp ??= isoOf(client.call.world.nowMs)
      object.status = { ...object.status, phase: 'Terminating' }
      touchObject(client.call.world, object)
    } else deleteObject(client.call.world, object)
  }
  const warning =
    isForced && going.length > 0
      ? 'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.\n'
      : ''
  const wait: Wait =
    flags.get('wait') !== 'false' && !isForced ? await waitForEnd(client, going) : { late: '' }
  const barred = lasting.map(
    ({ metadata: { name } }) =>
      `Error from server (Forbidden): namespaces "${name}" is forbidden: this namespace may not be deleted\n`,
  )
  const failed = problems + barred.join('') + wait.late
  return {
    stdout: out,
    stderr: warning + failed,
    exit: failed === '' ? 0 : 1,
    tookMs: 100,
    ...(wait.follow === undefined ? {} : { follow: wait.follow }),
  }
}

const PATIENCE_MS = 35_000

/** How a wait for what was deleted ended: what kubectl says of one that outlasts the time asked, or how it goes on waiting. */
type Wait = { readonly late: string; readonly follow?: Following }

/** Waits until what was deleted is gone: as long as asked, or until somebody has enough of it. */
const waitForEnd = async (client: Client, items: readonly KubeObject[]): Promise<Wait> => {
  const { world, passage } = client.call
  const limitMs = durationOf(client.args, 'timeout')
  const endMs = Math.min(
    world.nowMs + (limitMs || PATIENCE_MS),
    passage.deadlineMs ?? Number.POSITIVE_INFINITY,
  )
  const left = (): KubeObject | undefined =>
    items.find(o => world.kube.objects.get(nameKeyOf(o))?.metadata.uid === o.metadata.uid)
  while (left() !== undefined && world.nowMs < endMs)
    await passage.pass(Math.min(GRACE_MS, endMs - world.nowMs))
  const one = left()
  if (one === undefined) return { late: '' }
  if (!limitMs) return { late: '', follow: { next: () => '', isOver: () => left() === undefined } }
  const kind = kindOf(one.kind, world)?.plural ?? one.kind
  return { late: `error: timed out waiting for the condition on ${kind}/${one.metadata.name}\n` }
}

const scalable: readonly string[] = ['Deployment', 'ReplicaSet', 'StatefulSet', 'ReplicationController']

/** What the API server answers where a kind has no part `scale`. */
const NO_SCALE = 'Error from server (NotFound): the server could not find the requested resource\n'

/** Why objects are not scaled of which a precondition does not hold. */
const currentProblem = ({ args: { flags } }: Client, items: readonly KubeObject[]): string | undefined => {
  const expected = flags.get('current-replicas')
  const read = flags.get('resource-version')
  for (const { spec, metadata } of items) {
    if (expected !== undefined && Number(expected) >= 0 && Number(expected) !== spec?.replicas)
      return `error: Expected replicas to be ${expected}, was ${spec?.replicas}\n`
    if (read !== undefined && read !== metadata.resourceVersion)
      return `error: Expected resource version to be ${read}, was ${metadata.resourceVersion}\n`
  }
  return undefined
}

/** `kubectl scale`. */
export const scaleObjects = (client: Client): Reply => {
  const replicas = client.args.flags.get('replicas')
  if (replicas === undefined) return { stderr: 'error: required flag(s) "replicas" not set\n', exit: 1 }
  if (Number(replicas) < 0)
    return {
      stderr: 'error: The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0\n',
      exit: 1,
    }
  const { items, problems } = targetsOf(client, client.args.words.slice(1))
  const refused = writeProblem(client, { verb: 'patch', part: 'scale' }, items)
  if (refused !== undefined) return refused
  const scaled = items.filter(({ kind }) => scalable.includes(kind))
  const unmet = currentProblem(client, scaled)
  if (unmet !== undefined) return { stderr: unmet, exit: 1 }
  const change = { spec: { replicas: Number(replicas) } }
  const invalid = scaled.flatMap(object => mergeProblem(object, change) ?? [])
  if (invalid.length > 0) return { stderr: problems + invalid.join(''), exit: 1 }
  for (const object of scaled) mergeInto(client, object, change)
  const missing = items.length === scaled.length ? '' : NO_SCALE
  return {
    stdout: scaled.map(o => `${titleOf(o)} scaled\n`).join(''),
    stderr: problems + missing,
    exit: problems + missing === '' ? 0 : 1,
  }
}
