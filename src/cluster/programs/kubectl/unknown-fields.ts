import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import { patchOf } from './apply-object.ts'
import type { Client } from './client.ts'
import { goText } from './go-text.ts'
import { looksItself, modelOf, olderRefusal } from './older-validation.ts'
import { fieldsOf } from './schema.ts'

/** A field that its type does not have: where it stands, and in which type. */
type Unknown = {
  readonly holder: KubeValue
  readonly name: string
  readonly path: string
  readonly type: string
}

const versions: Readonly<Record<string, string>> = {
  Pod: 'v1',
  Service: 'v1',
  Node: 'v1',
  Deployment: 'apps/v1',
  DaemonSet: 'apps/v1',
  StatefulSet: 'apps/v1',
  ReplicaSet: 'apps/v1',
  Job: 'batch/v1',
  CronJob: 'batch/v1',
  Ingress: 'networking.k8s.io/v1',
  PersistentVolumeClaim: 'v1',
  ConfigMap: 'v1',
  Secret: 'v1',
}

const common = ['apiVersion', 'kind', 'metadata']
const plain: Readonly<Record<string, readonly string[]>> = {
  ConfigMap: ['binaryData', 'data', 'immutable'],
  Secret: ['data', 'immutable', 'stringData', 'type'],
}

const headsOf = (kind: string): ReadonlySet<string> =>
  new Set([...common, ...(plain[kind] ?? ['spec', 'status'])])

const walk = (value: KubeValue, type: string, path: string): readonly Unknown[] => {
  if (type.startsWith('[]') && Array.isArray(value))
    return value.flatMap((item, at) => walk(item, type.slice(2), `${path}[${at}]`))
  const fields = fieldsOf(type)
  if (fields === undefined || typeof value !== 'object' || value === null || Array.isArray(value)) return []
  return Object.keys(value)
    .sort()
    .flatMap(name => {
      const field = fields.find(each => each.name === name)
      const below = `${path}.${name}`
      return field === undefined
        ? [{ holder: value, name, path: below, type }]
        : walk(value[name], field.type, below)
    })
}

/** The fields of an object that its kind does not have, as far as its types are known here; nothing below its status. */
const unknownFields = (object: KubeValue): readonly Unknown[] =>
  versions[object.kind] !== object.apiVersion
    ? []
    : [
        ...Object.keys(object)
          .filter(name => !headsOf(object.kind).has(name))
          .map(name => ({ holder: object, name, path: name, type: object.kind })),
        ...walk(object.metadata, 'ObjectMeta', 'metadata'),
        ...walk(object.spec, `${object.kind}Spec`, 'spec'),
      ]

/** What kubectl finds itself where the API server does not look: before release 1.25. */
const olderText = (file: string, kind: string, unknown: readonly Unknown[]): string =>
  olderRefusal(
    file,
    unknown.map(({ name, path, type }) => {
      const at = [kind, ...path.split('.').slice(0, -1)].join('.')
      return `ValidationError(${at}): unknown field "${name}" in ${modelOf(type)}`
    }),
  )

/** What is said of fields that an object's kind does not have: why it is not taken, or a warning with which it is taken without them. */
export type FieldCheck = { readonly stderr?: string; readonly warning?: string }

/** Takes such fields out of an object in place, and warns of them: what the API server does where nobody asks it to be strict. */
export const dropUnknownFields = (object: KubeValue): string => {
  const unknown = unknownFields(object)
  for (const { holder, name } of unknown) delete holder[name]
  return unknown.map(({ path }) => `Warning: unknown field "${path}"\n`).join('')
}

/** Looks at the fields of a manifest as `--validate` asks for it. Those that are not refused are taken out of it in place. */
export const checkFields = (
  { args, call }: Client,
  object: KubeValue,
  known: KubeObject | undefined,
): FieldCheck => {
  const how = args.flags.get('validate') ?? 'strict'
  const unknown = unknownFields(object)
  if (unknown.length === 0) return {}
  const file = args.flags.get('filename') ?? ''
  const isStrict = how === 'true' || how === 'strict'
  if (isStrict && looksItself(call.world)) return { stderr: olderText(file, object.kind, unknown) }
  const found = `strict decoding error: ${unknown.map(({ path }) => `unknown field "${path}"`).join(', ')}`
  if (isStrict)
    return {
      stderr:
        known !== undefined
          ? `The request is invalid: patch: Invalid value: ${JSON.stringify(goText(patchOf(known, object)))}: ${found}\n`
          : `Error from server (BadRequest): error when creating "${file}": ${object.kind} in version "${String(object.apiVersion).split('/').at(-1)}" cannot be handled as a ${object.kind}: ${found}\n`,
    }
  const warning = dropUnknownFields(object)
  return how === 'warn' ? { warning } : {}
}
