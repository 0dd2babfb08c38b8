import { chanceSuffix } from '../../chance.ts'
import { deleteObject } from '../../kube/deletion.ts'
import { inOrder } from '../../kube/in-order.ts'
import { groupIn, type Kind, kindOf, prefixOf } from '../../kube/kinds.ts'
import { mergeFields, replaceFields } from '../../kube/merge-fields.ts'
import { getObject, putObject, removeObject } from '../../kube/store.ts'
import { invalidity } from '../../relations/admission/validity.ts'
import { addressProblem, fillDefaults, newObject } from '../../relations/objects/complete-object.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import { applyWarning, dropRemoved, patchOf, withNote } from './apply-object.ts'
import { changeObject, changeProblem, type Edit } from './change-object.ts'
import type { Client } from './client.ts'
import { dryRunOf } from './dry-run.ts'
import { noteClientWrite } from './field-manager.ts'
import { goText } from './go-text.ts'
import { looksItself, olderMisfit, olderRefusal } from './older-validation.ts'
import { objection, type WriteMode } from './refused-write.ts'
import { checkFields } from './unknown-fields.ts'
import { convertText, unreadable } from './unreadable.ts'
import type { Written } from './written.ts'

/** The group versions that were taken away, with the minor version of Kubernetes that took them. */
const goneSince: Readonly<Record<string, number>> = {
  'extensions/v1beta1': 16,
  'apps/v1beta1': 16,
  'apps/v1beta2': 16,
  'networking.k8s.io/v1beta1': 22,
  'rbac.authorization.k8s.io/v1beta1': 22,
  'apiextensions.k8s.io/v1beta1': 22,
  'admissionregistration.k8s.io/v1beta1': 22,
  'scheduling.k8s.io/v1beta1': 22,
  'batch/v1beta1': 25,
  'policy/v1beta1': 25,
  'autoscaling/v2beta1': 25,
  'autoscaling/v2beta2': 26,
}

const isGone = ({ call }: Client, apiVersion: string): boolean =>
  Number(/\.(\d+)\./.exec(call.world.kube.version)?.[1] ?? 0) >=
  (goneSince[apiVersion] ?? Number.POSITIVE_INFINITY)

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

/** The kind of a manifest: where several groups have one of its name, that of its own. */
const typeOf = ({ call: { world } }: Client, { kind = '', apiVersion = '' }: KubeValue): Kind | undefined => {
  const group = groupIn(String(apiVersion))
  return kindOf(group === '' ? kind : `${kind}.${group}`, world) ?? kindOf(kind, world)
}

/** What a program says of a value that its field cannot hold: the API server, or an older kubectl by itself. */
const misfitText = (client: Client, object: KubeValue, file: string): string | undefined => {
  const unread = unreadable(object)
  if (unread === undefined) return undefined
  return unread.misfit !== undefined && looksItself(client.call.world)
    ? olderRefusal(file, [olderMisfit(object.kind, unread.misfit)])
    : `Error from server (BadRequest): error when creating "${file}": ${unread.text}\n`
}

const newProblem = (client: Client, object: KubeValue): string | undefined => {
  const unread = misfitText(client, object, fileOf(client))
  if (unread !== undefined) return unread
  const whole = structuredClone(object)
  fillDefaults(whole)
  const problem = invalidity(whole)
  return problem === undefined ? undefined : `${problem}\n`
}

const fileOf = ({ args }: Client): string => args.flags.get('filename') ?? ''

/** Why what is stored is not changed as a manifest wants it. */
const knownProblem = (known: KubeObject, object: KubeValue, edit: Edit): string | undefined => {
  const misfit = unreadable(object)?.misfit
  if (misfit !== undefined)
    return `The request is invalid: patch: Invalid value: ${JSON.stringify(goText(patchOf(known, withNote(object))))}: ${convertText(misfit)}\n`
  return changeProblem(known, edit)
}

/** What the API server says of a manifest of an object that has changed since it was read. */
const staleText = (client: Client, stored: Stored, mode: WriteMode): string | undefined => {
  const { kind, known, object } = stored
  const read = object.metadata.resourceVersion
  if (read === undefined || String(read) === known.metadata.resourceVersion) return undefined
  const file = fileOf(client)
  const full = `${kind.plural}${kind.group === '' ? '' : `.${kind.group}`}`
  const why = `Operation cannot be fulfilled on ${full} "${known.metadata.name}": the object has been modified; please apply your changes to the latest version and try again`
  const doing =
    mode === 'replace'
      ? `error when replacing "${file}"`
      : `error when applying patch:\n${JSON.stringify(inOrder(patchOf(known, withNote(object))))}\nto:\n${targetText(stored)}\nfor: "${file}": error when patching "${file}"`
  return `Error from server (Conflict): ${doing}: ${why}\n`
}

const targetText = ({ kind, known }: Stored): string =>
  `Resource: "${kind.version}, Resource=${kind.plural}", GroupVersionKind: "${kind.version}, Kind=${kind.kind}"\nName: "${known.metadata.name}", Namespace: "${known.metadata.namespace ?? ''}"`

/** A manifest of an object that is stored. */
type Stored = { readonly kind: Kind; readonly known: KubeObject; readonly object: KubeValue }

const changeStored = (client: Client, stored: Stored, mode: WriteMode): Written => {
  const { kind, known, object } = stored
  const { name } = known.metadata
  const isApplied = mode === 'apply'
  const isServerSide = isApplied && client.args.flags.has('server-side')
  const edit: Edit = copy => {
    if (mode === 'replace') return replaceFields(copy, object)
    mergeFields(copy, isServerSide ? object : withNote(object), 'apply')
    return dropRemoved(copy, { before: known, now: object })
  }
  const refused = staleText(client, stored, mode) ?? knownProblem(known, object, edit)
  if (refused !== undefined) return { stderr: refused }
  const warning = isApplied && !isServerSide ? applyWarning(`${kind.plural}/${name}`, known) : undefined
  const isChanged = changeObject(client, known, edit)
  const isTold = isChanged || dryRunOf(client.args) === 'client'
  const word = isServerSide
    ? 'serverside-applied'
    : mode === 'replace'
      ? 'replaced'
      : isTold
        ? 'configured'
        : 'unchanged'
  return {
    stdout: `${prefixOf(kind)}/${name} ${word}\n`,
    object: known,
    ...(warning === undefined ? {} : { warning }),
  }
}

/** Puts away what is there in the place of which a manifest is to be made anew. */
const makeRoom = (client: Client, kind: Kind, known: KubeObject): string => {
  if (known.kind === 'Pod') removeObject(client.call.world, known)
  else deleteObject(client.call.world, known)
  return `${prefixOf(kind)} "${known.metadata.name}" deleted\n`
}

const storeNew = (
  client: Client,
  { kind, object, namespace }: { kind: Kind; object: KubeValue; namespace: string | undefined },
  mode: WriteMode,
): Written => {
  const invalid = newProblem(client, object) ?? addressProblem(client.call.world, object)
  if (invalid !== undefined) return { stderr: invalid }
  const isServerSide = mode === 'apply' && client.args.flags.has('server-side')
  const isNoted = mode === 'apply' ? !isServerSide : client.args.flags.has('save-config')
  const { metadata, ...content } = isNoted ? withNote(object) : object
  const { resourceVersion: _read, uid: _uid, creationTimestamp: _created, ...given } = metadata
  const name = given.name ?? `${given.generateName}${chanceSuffix(client.call.world)}`
  const place = { name, ...(namespace === undefined ? {} : { namespace }) }
  const named = { ...content, metadata: { ...given, ...place } }
  const stored = putObject(client.call.world, newObject(client.call.world, byRequester(client, named)))
  noteClientWrite(client, stored)
  const word = mode === 'replace' ? 'replaced' : isServerSide ? 'serverside-applied' : 'created'
  // What only the client goes through the motions of no server has completed.
  const shown = dryRunOf(client.args) === 'client' ? named : stored
  return { stdout: `${prefixOf(kind)}/${name} ${word}\n`, object: shown }
}

/** A request for a certificate with who made it, as the API server notes it. */
const byRequester = ({ answer }: Client, object: KubeValue): KubeValue =>
  object.kind === 'CertificateSigningRequest'
    ? {
        ...object,
        spec: {
          ...object.spec,
          groups: [...new Set([...answer.groups, 'system:authenticated'])],
          username: answer.user,
        },
      }
    : object

/** Creates an object, or changes one that is there where `apply` wants it. */
export const writeObject = (client: Client, object: KubeValue, mode: WriteMode): Written => {
  const kind = typeOf(client, object)
  const problem = problemOf(client, object, kind)
  if (problem !== undefined || kind === undefined) return { stderr: problem ?? '' }
  const namespace = kind.isNamespaced ? (object.metadata.namespace ?? client.namespace) : undefined
  const { name } = object.metadata
  const known = getObject(client.call.world.kube, { kind: kind.kind, namespace, name })
  const refused = objection(client, { object, kind, known }, mode)
  if (refused !== undefined) return refused
  const fields = checkFields(client, object, known)
  if (fields.stderr !== undefined) return fields
  const isAnew = mode === 'replace' && client.args.flags.has('force')
  if (known !== undefined && !isAnew) {
    const written = changeStored(client, { kind, known, object }, mode)
    const warning = [written.warning, fields.warning].filter(text => text !== undefined).join('')
    return { ...written, ...(warning === '' ? {} : { warning }) }
  }
  const gone = known === undefined ? '' : makeRoom(client, kind, known)
  const written = storeNew(client, { kind, object, namespace }, mode)
  return { ...fields, ...written, stdout: gone + (written.stdout ?? '') }
}
