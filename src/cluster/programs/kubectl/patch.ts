import { parse } from 'yaml'
import { readText } from '../../files/file-tree.ts'
import { resolvePath } from '../../files/paths.ts'
import { kindOf } from '../../kube/kinds.ts'
import { mergeFields, mergeStatus } from '../../kube/merge-fields.ts'
import type { Reply } from '../../shell/program.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import { applyOperations } from './apply-operations.ts'
import { targetsOf, titleOf } from './change.ts'
import { changeObject, changeProblem, type Edit } from './change-object.ts'
import type { Client } from './client.ts'
import { goText } from './go-text.ts'
import { writeProblem } from './refused-write.ts'
import { dropUnknownFields } from './unknown-fields.ts'
import { convertText, unreadable } from './unreadable.ts'
import { replyOf, type Written } from './written.ts'

const fail = (stderr: string): Reply => ({ stderr, exit: 1 })

type Patch = {
  readonly type: 'strategic' | 'merge' | 'json'
  readonly change: KubeValue
  readonly part: string | undefined
}

const types = ['json', 'merge', 'strategic']

const textOf = ({ call, args: { flags } }: Client): string | undefined => {
  const file = flags.get('patch-file')
  return (
    flags.get('patch') ??
    (file === undefined ? undefined : readText(call.machine.files, resolvePath(call.cwd, file)))
  )
}

const readPatch = (client: Client): Patch | string => {
  const { flags } = client.args
  const type = flags.get('type') ?? 'strategic'
  if (!types.includes(type)) return `error: --type must be one of [${types.join(' ')}], not "${type}"\n`
  if (!flags.has('patch') && !flags.has('patch-file'))
    return 'error: must specify --patch or --patch-file containing the contents of the patch\n'
  const text = textOf(client)
  if (text === undefined)
    return `error: unable to read patch file: open ${flags.get('patch-file')}: no such file or directory\n`
  let change: KubeValue
  try {
    change = parse(text)
  } catch {
    return `error: unable to parse "${text}": yaml: did not find expected key\n`
  }
  const got = Array.isArray(change) ? 'array' : change === null ? 'null' : typeof change
  const unfit = (goType: string): string =>
    `Error from server (BadRequest): json: cannot unmarshal ${got} into Go value of type ${goType}\n`
  if (type === 'json' && got !== 'array') return unfit('jsonpatch.Patch')
  if (type !== 'json' && got !== 'object') return unfit('map[string]interface {}')
  return { type: type as Patch['type'], change, part: flags.get('subresource') }
}

/** Warns of fields that the kinds of the objects do not have, and takes them out of the change. */
const warningOf = (object: KubeObject, { type, change }: Patch): string => {
  if (type !== 'json') {
    const whole = { ...change, apiVersion: object.apiVersion, kind: object.kind }
    const warning = dropUnknownFields(whole)
    for (const name of Object.keys(change)) if (!(name in whole)) delete change[name]
    return warning
  }
  const copy = structuredClone(object)
  applyOperations(copy, change)
  return dropUnknownFields(copy)
}

const editOf =
  ({ type, change, part }: Patch): Edit =>
  copy => {
    if (type === 'json') {
      applyOperations(copy, change)
      dropUnknownFields(copy)
    } else if (part === 'status') mergeStatus(copy, change)
    else mergeFields(copy, change, type)
  }

const unfitText = (object: KubeObject, { type, change }: Patch): string | undefined => {
  if (type === 'json')
    return applyOperations(structuredClone(object), change)
      ? undefined
      : 'The request is invalid: the server rejected our request due to an error in our request\n'
  const misfit = unreadable({ ...change, apiVersion: object.apiVersion, kind: object.kind })?.misfit
  return misfit === undefined
    ? undefined
    : `The request is invalid: patch: Invalid value: ${JSON.stringify(type === 'merge' ? JSON.stringify(change) : goText(change))}: ${convertText(misfit)}\n`
}

const patchOne = (client: Client, object: KubeObject, patch: Patch): Written => {
  const kind = kindOf(object.kind, client.call.world)
  if (kind?.columns !== undefined && patch.type === 'strategic')
    return {
      stderr:
        'Error from server (UnsupportedMediaType): the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml\n',
    }
  const unfit = unfitText(object, patch)
  if (unfit !== undefined) return { stderr: unfit }
  const warning = warningOf(object, patch)
  const edit = editOf(patch)
  const invalid = changeProblem(object, edit)
  if (invalid !== undefined) return { stderr: invalid }
  const isChanged = changeObject(client, object, edit)
  return {
    stdout: `${titleOf(object)} patched${isChanged ? '' : ' (no change)'}\n`,
    object,
    ...(warning === '' ? {} : { warning }),
  }
}

/** `kubectl patch`. */
export const patchObjects = (client: Client): Reply => {
  const patch = readPatch(client)
  if (typeof patch === 'string') return fail(patch)
  const { items, problems } = targetsOf(client, client.args.words.slice(1))
  const refused = writeProblem(
    client,
    { verb: 'patch', ...(patch.part === undefined ? {} : { part: patch.part }) },
    items,
  )
  if (refused !== undefined) return refused
  const written = items.map(object => patchOne(client, object, patch))
  return replyOf(client, problems === '' ? written : [...written, { stderr: problems }])
}
