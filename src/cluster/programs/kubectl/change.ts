import { parse } from 'yaml'
import { deleteObject } from '../../kube/deletion.ts'
import { getObject, nameKeyOf, removeObject, touchObject } from '../../kube/store.ts'
import { advance } from '../../laws/advance.ts'
import { deletePod } from '../../laws/controllers/make-pod.ts'
import type { Reply } from '../../shell/program.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import { applyOperations } from './apply-operations.ts'
import type { Client } from './client.ts'
import { findWanted, readWanted, type Wanted } from './find.ts'
import { groupIn, type Kind, kindOf, prefixOf } from './kinds.ts'
import { readManifests } from './manifests.ts'
import { etcdProblem, type Written, writeProblem } from './refused-write.ts'
import { dropUnknownFields } from './unknown-fields.ts'
import { changeProblem, mergeInto, mergeProblem, writeObject } from './write-object.ts'

const asReply = (written: readonly Written[]): Reply => ({
  stdout: written.map(w => w.stdout ?? '').join(''),
  stderr: written.map(w => (w.warning ?? '') + (w.stderr ?? '')).join(''),
  exit: written.some(w => w.stderr !== undefined) ? 1 : 0,
  tookMs: 150,
})

/** `kubectl create -f`, `apply -f` and `replace -f`. */
export const writeManifests = (client: Client, mode: 'create' | 'apply' | 'replace'): Reply => {
  if (!client.args.flags.has('filename')) return { stderr: `error: must specify one of -f and -k\n`, exit: 1 }
  const objects = readManifests(client.call, client.args)
  if ('problem' in objects) return { stderr: String(objects.problem), exit: 1 }
  if (objects.length === 0) return { stderr: `error: no objects passed to ${mode}\n`, exit: 1 }
  return etcdProblem(client) ?? asReply(objects.map(object => writeObject(client, object, mode)))
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
  const isAll =
    client.args.flags.has('all') || client.args.flags.has('selector') || client.args.words[0] === 'rollout'
  if (wanted.some((w: Wanted) => w.names.length === 0) && !isAll)
    return { items: [], problems: 'error: resource(s) were provided, but no name was specified\n' }
  const found = wanted.map(w => findWanted(client, w))
  return { items: found.flatMap(f => f.items), problems: found.map(f => f.problems).join('') }
}

/** What stands in front of an object's name: its kind, with the group. */
const prefixFor = ({ kind, apiVersion }: KubeObject): string => {
  return prefixOf(kindOf(kind) ?? { kind, group: groupIn(apiVersion) })
}

/** The name of an object with its kind in front. */
export const titleOf = (object: KubeObject): string => {
  return `${prefixFor(object)}/${object.metadata.name}`
}

const GRACE_MS = 2_000

/** Namespaces that the API server lets nobody delete. */
const lastingSpaces = new Set(['default', 'kube-system', 'kube-public'])

/** `kubectl delete`: pods go when their kubelet has stopped them, which is waited for. */
export const deleteObjects = (client: Client): Reply => {
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
    if (object.kind === 'Pod' && !isForced) deletePod(client.call.world, object)
    else if (object.kind === 'Namespace') {
      object.status = { phase: 'Terminating' }
      touchObject(client.call.world, object)
    } else if (object.kind === 'Pod') removeObject(client.call.world, object)
    else deleteObject(client.call.world, object)
  }
  const warning =
    isForced && going.length > 0
      ? 'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.\n'
      : ''
  if (flags.get('wait') !== 'false' && !isForced) waitForEnd(client, going)
  const barred = lasting.map(
    ({ metadata: { name } }) =>
      `Error from server (Forbidden): namespaces "${name}" is forbidden: this namespace may not be deleted\n`,
  )
  const failed = problems + barred.join('')
  return { stdout: out, stderr: warning + failed, exit: failed === '' ? 0 : 1, tookMs: 100 }
}

/** Waits until deleted pods are gone, or half a minute. */
const waitForEnd = (client: Client, items: readonly KubeObject[]): void => {
  const { world, passage } = client.call
  const endMs = Math.min(world.nowMs + 35_000, passage.deadlineMs ?? Number.POSITIVE_INFINITY)
  const remains = (): boolean =>
    items.some(o => world.kube.objects.get(nameKeyOf(o))?.metadata.uid === o.metadata.uid)
  while (remains() && world.nowMs < endMs) advance(world, GRACE_MS)
}

/** `kubectl patch`. */
export const patchObjects = (client: Client): Reply => {
  const text = client.args.flags.get('patch')
  const { items, problems } = targetsOf(client, client.args.words.slice(1))
  if (text === undefined) return { stderr: 'error: must specify -p to patch\n', exit: 1 }
  let change: KubeValue
  try {
    change = parse(text)
  } catch {
    return { stderr: `error: unable to parse "${text}": yaml: did not find expected key\n`, exit: 1 }
  }
  const refused = writeProblem(client, { verb: 'patch' }, items)
  if (refused !== undefined) return refused
  const operations = Array.isArray(change) ? change : undefined
  if (operations !== undefined && items.some(object => !applyOperations(structuredClone(object), operations)))
    return {
      stderr: `${problems}The request is invalid: the server rejected our request due to an error in our request\n`,
      exit: 1,
    }
  const warning = operations === undefined ? warningOfPatch(items, change) : ''
  const invalid = items.flatMap(
    object =>
      (operations === undefined
        ? mergeProblem(object, change)
        : changeProblem(object, copy => applyOperations(copy, operations))) ?? [],
  )
  if (invalid.length > 0) return { stderr: problems + invalid.join(''), exit: 1 }
  const out = items.map(object => {
    const changed =
      operations === undefined
        ? mergeInto(client, object, change)
        : patchByOperations(client, object, operations)
    return `${titleOf(object)} patched${changed ? '' : ' (no change)'}\n`
  })
  return { stdout: out.join(''), stderr: warning + problems, exit: problems === '' ? 0 : 1 }
}

/** Warns of fields that the kinds of the objects do not have, and takes them out of the change. */
const warningOfPatch = (items: readonly KubeObject[], change: KubeValue): string => {
  const [object] = items
  if (object === undefined || typeof change !== 'object' || change === null) return ''
  const whole = { ...change, apiVersion: object.apiVersion, kind: object.kind }
  const warning = dropUnknownFields(whole)
  for (const name of Object.keys(change)) if (!(name in whole)) delete change[name]
  return warning
}

const patchByOperations = (client: Client, object: KubeObject, operations: readonly KubeValue[]): boolean => {
  applyOperations(object, operations)
  object.metadata.generation = (object.metadata.generation ?? 1) + 1
  touchObject(client.call.world, object)
  return true
}

const scalable: readonly string[] = ['Deployment', 'ReplicaSet', 'StatefulSet', 'ReplicationController']

/** What the API server answers where a kind has no part `scale`. */
const NO_SCALE = 'Error from server (NotFound): the server could not find the requested resource\n'

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
