import { isSame } from '../../kube/is-same.ts'
import { mergeFields } from '../../kube/merge-fields.ts'
import { touchObject } from '../../kube/store.ts'
import { invalidity } from '../../relations/admission/validity.ts'
import { fillDefaults, giveAddress } from '../../relations/objects/complete-object.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { Client } from './client.ts'
import { noteClientWrite } from './field-manager.ts'
import { unreadable } from './unreadable.ts'

/** What is done to a copy of a stored object, in place. */
export type Edit = (copy: KubeObject) => unknown

const draftOf = (object: KubeObject, edit: Edit): KubeObject => {
  const draft = structuredClone(object)
  edit(draft)
  fillDefaults(draft)
  return draft
}

/** Why the API server does not take an object with a change, as kubectl tells it; `undefined` where it does. */
export const changeProblem = (object: KubeObject, edit: Edit): string | undefined => {
  const draft = draftOf(object, edit)
  const unread = unreadable(draft)
  if (unread !== undefined) return `Error from server (BadRequest): ${unread.text}\n`
  const problem = invalidity(draft, object)
  return problem === undefined ? undefined : `${problem}\n`
}

/** The same of a change that is merged into it. */
export const mergeProblem = (object: KubeObject, change: KubeValue): string | undefined =>
  changeProblem(object, copy => mergeFields(copy, change))

/** Changes a stored object; a changed specification gets a new generation. Whether it changed. */
export const changeObject = (client: Client, object: KubeObject, edit: Edit): boolean => {
  const draft = draftOf(object, edit)
  giveAddress(client.call.world, draft)
  // What holds a namespace is taken off through its part `finalize` alone.
  if (object.kind === 'Namespace' && object.spec !== undefined) draft.spec = object.spec
  if (isSame(draft, object)) return false
  const { generation } = object.metadata
  if (generation !== undefined && !isSame(draft.spec, object.spec)) draft.metadata.generation = generation + 1
  noteClientWrite(client, draft, object)
  for (const key of Object.keys(object)) if (!(key in draft)) delete object[key]
  Object.assign(object, draft)
  touchObject(client.call.world, object)
  return true
}

/** Merges a change into a stored object. Whether it changed. */
export const mergeInto = (client: Client, object: KubeObject, change: KubeValue): boolean =>
  changeObject(client, object, copy => mergeFields(copy, change))
