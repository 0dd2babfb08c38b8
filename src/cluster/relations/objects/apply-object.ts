import { parseAllDocuments } from 'yaml'
import { isSame } from '../../kube/is-same.ts'
import { kindOf } from '../../kube/kinds.ts'
import { mergeFields } from '../../kube/merge-fields.ts'
import { getObject, putObject, touchObject } from '../../kube/store.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { fillDefaults, newObject } from './complete-object.ts'

/** The objects of a manifest, or why it cannot be read, as the YAML reader of Go words it. */
export const objectsIn = (text: string): readonly KubeValue[] | { readonly problem: string } => {
  const documents = parseAllDocuments(text)
  const objects: KubeValue[] = []
  if (!Array.isArray(documents)) return objects
  for (const document of documents) {
    const [error] = document.errors
    if (error !== undefined)
      return {
        problem: `yaml: line ${error.linePos?.[0]?.line ?? 1}: ${/map/i.test(error.message) ? 'mapping values are not allowed in this context' : 'did not find expected key'}`,
      }
    const value = document.toJS()
    if (value != null) objects.push(...(value.kind === 'List' ? value.items : [value]))
  }
  return objects
}

/** Brings a stored object to what a manifest says, and leaves what others added. */
const applyTo = (world: World, stored: KubeObject, wanted: KubeValue): void => {
  const draft = structuredClone(stored)
  mergeFields(draft, wanted)
  fillDefaults(draft)
  if (isSame(draft, stored)) return
  const { generation } = stored.metadata
  if (generation !== undefined && !isSame(draft.spec, stored.spec)) draft.metadata.generation = generation + 1
  Object.assign(stored, draft)
  touchObject(world, stored)
}

/** Applies one object; gives why that cannot be. */
export const applyObject = (world: World, wanted: KubeValue): string | undefined => {
  const kind = kindOf(String(wanted.kind ?? ''), world)
  if (kind === undefined)
    return `failed to discover GVK: no matches for kind "${wanted.kind ?? ''}" in version "${wanted.apiVersion ?? ''}"`
  const { name } = wanted.metadata ?? {}
  if (name === undefined) return `resource name may not be empty`
  const namespace = kind.isNamespaced ? (wanted.metadata.namespace ?? 'default') : undefined
  const stored = getObject(world.kube, { kind: wanted.kind, namespace, name })
  if (stored !== undefined) applyTo(world, stored, wanted)
  else if (
    namespace !== undefined &&
    getObject(world.kube, { kind: 'Namespace', name: namespace }) === undefined
  )
    return `failed to create ${namespace}/${name} ${wanted.apiVersion}, Kind=${wanted.kind} for  kube-system/${name}: namespaces "${namespace}" not found`
  else
    putObject(
      world,
      newObject(world, {
        ...wanted,
        metadata: { ...wanted.metadata, ...(namespace === undefined ? {} : { namespace }) },
      }) as KubeObject,
    )
  return undefined
}
