import { type Kind, kindOf } from '../../kube/kinds.ts'
import { getObject } from '../../kube/store.ts'
import { admissionProblem } from '../../relations/admission/admission-problem.ts'
import { withDefaults } from '../../relations/admission/limit-range.ts'
import { storeRefusal } from '../../relations/api-server.ts'
import type { Reply } from '../../shell/program.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { Client } from './client.ts'
import { dryRunOf } from './dry-run.ts'
import { type Deed, forbidden, refusedWish, wishOf } from './forbidden.ts'
import type { Written } from './written.ts'

type Writing = {
  readonly object: KubeValue
  readonly kind: Kind
  readonly verb: 'create' | 'patch' | 'update'
}

const words = { create: 'creating', patch: 'patching', update: 'replacing' } as const

const namespaceOf = (client: Client, kind: Kind, object: KubeValue): string | undefined =>
  kind.isNamespaced ? (object.metadata.namespace ?? client.namespace) : undefined

const problemOf = (
  client: Client,
  { object, kind, verb }: Writing,
): { readonly reason: string; readonly message: string } | undefined => {
  const namespace = namespaceOf(client, kind, object)
  const name = verb === 'create' ? undefined : object.metadata.name
  const message = refusedWish(client, wishOf(client, kind, { verb, name, namespace }))
  if (message !== undefined) return { reason: 'Forbidden', message }
  const { world } = client.call
  const placed = {
    ...object,
    metadata: { ...object.metadata, ...(namespace === undefined ? {} : { namespace }) },
  }
  const withLimits =
    object.kind === 'Pod' ? { ...placed, spec: withDefaults(world.kube, namespace, placed.spec) } : placed
  const operation = verb === 'create' ? 'CREATE' : 'UPDATE'
  return admissionProblem(world, { object: withLimits, operation, plural: kind.plural })
}

/** What the API server has against a write, as kubectl tells it: that the client may not, or that admission refuses. */
export const refusalOf = (client: Client, writing: Writing): Written | undefined => {
  const problem = problemOf(client, writing)
  if (problem === undefined) return undefined
  const file = client.args.flags.get('filename')
  const where =
    file === undefined || problem.reason === 'InternalError'
      ? ''
      : ` error when ${words[writing.verb]} "${file}":`
  return { stderr: `Error from server (${problem.reason}):${where} ${problem.message}\n` }
}

/** How a manifest is written. */
export type WriteMode = 'create' | 'apply' | 'replace'

type Manifest = {
  readonly object: KubeValue
  readonly kind: Kind
  /** What is stored under its name. */
  readonly known: KubeObject | undefined
}

/** `apply` looks at what is stored first. */
const unreadable = (client: Client, { object, kind }: Manifest): Written | undefined => {
  const namespace = namespaceOf(client, kind, object)
  const { name } = object.metadata
  const refused = refusedWish(client, wishOf(client, kind, { verb: 'get', name, namespace }))
  if (refused === undefined) return undefined
  const types = `Resource: "${kind.version}, Resource=${kind.plural}", GroupVersionKind: "${kind.version}, Kind=${kind.kind}"`
  return {
    stderr: `Error from server (Forbidden): error when retrieving current configuration of:\n${types}\nName: "${name}", Namespace: "${namespace ?? ''}"\nfrom server for: "${client.args.flags.get('filename') ?? ''}": ${refused}\n`,
  }
}

/** What stands against writing a manifest, in the order in which the API server finds it. */
export const objection = (client: Client, manifest: Manifest, mode: WriteMode): Written | undefined => {
  const { object, kind, known } = manifest
  const hidden = mode === 'apply' ? unreadable(client, manifest) : undefined
  if (hidden !== undefined) return hidden
  const { name } = object.metadata
  const file = client.args.flags.get('filename') ?? ''
  if (known === undefined && mode === 'replace')
    return {
      stderr: `Error from server (NotFound): error when replacing "${file}": ${kind.plural} "${name}" not found\n`,
    }
  const verb = mode === 'replace' ? 'update' : mode === 'apply' && known !== undefined ? 'patch' : 'create'
  // What the client only goes through the motions of is never asked of the server.
  const refused = dryRunOf(client.args) === 'client' ? undefined : refusalOf(client, { object, kind, verb })
  if (refused !== undefined || known === undefined || mode !== 'create') return refused
  const full = `${kind.plural}${kind.group === '' ? '' : `.${kind.group}`}`
  return {
    stderr: `Error from server (AlreadyExists): error when creating "${file}": ${full} "${name}" already exists\n`,
  }
}

/** An object that a request is about: a new one has no name yet. */
type Addressed = {
  readonly kind: string
  readonly metadata: { readonly name?: string; readonly namespace?: string | undefined }
}

/** Why requests that write are refused: the client may not, or etcd takes no writes; `undefined` when they are taken. */
export const writeProblem = (
  client: Client,
  deed: Pick<Deed, 'verb' | 'part'>,
  objects: readonly Addressed[],
): Reply | undefined => {
  for (const { kind: word, metadata } of objects) {
    const kind = kindOf(word, client.call.world)
    const refused = kind && forbidden(client, kind, { ...deed, ...metadata })
    if (refused !== undefined) return { stderr: refused, exit: 1 }
  }
  return etcdProblem(client) ?? unaskedProblem(client, deed, objects)
}

const operations: Readonly<Record<string, 'UPDATE' | 'DELETE'>> = {
  patch: 'UPDATE',
  update: 'UPDATE',
  delete: 'DELETE',
}

/** The error of a change to what is stored where a webhook that must be asked about it cannot be. */
const unaskedProblem = (
  client: Client,
  { verb, part }: Pick<Deed, 'verb' | 'part'>,
  objects: readonly Addressed[],
): Reply | undefined => {
  const { world } = client.call
  const operation = operations[verb]
  if (operation === undefined || part !== undefined) return undefined
  for (const { kind: word, metadata } of objects) {
    const kind = kindOf(word, world)
    const { name = '', namespace } = metadata
    const object = kind && getObject(world.kube, { kind: kind.kind, name, namespace })
    if (object === undefined) continue
    const problem = admissionProblem(world, { object, operation, plural: kind?.plural ?? '' })
    if (problem !== undefined)
      return { stderr: `Error from server (${problem.reason}): ${problem.message}\n`, exit: 1 }
  }
  return undefined
}

/** The error of a write while etcd takes none; `undefined` when it takes them. */
export const etcdProblem = ({ answer, call }: Client): Reply | undefined => {
  if (!answer.isReadOnly) return undefined
  return { stderr: `Error from server: ${storeRefusal(call.world, answer.server)}\n`, exit: 1 }
}
