import { inOrder } from '../../kube/in-order.ts'
import { isSame } from '../../kube/is-same.ts'
import { itemKeyOf } from '../../kube/merge-fields.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'

/** Where `apply` keeps what it was given last. */
export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

const isMap = (value: KubeValue): boolean =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** Takes from an object what was applied before and is applied no more, in place; what others added stays. */
const prune = (object: KubeValue, before: KubeValue, now: KubeValue): void => {
  for (const [name, value] of Object.entries(before ?? {}) as [string, KubeValue][]) {
    const key = Array.isArray(value) && Array.isArray(object[name]) ? itemKeyOf(name, value) : undefined
    if (now?.[name] === undefined) delete object[name]
    else if (isMap(value) && isMap(object[name])) prune(object[name], value, now[name])
    else if (key !== undefined)
      object[name] = pruneItems(object[name], { key, before: value, now: now[name] })
  }
}

type Lists = { readonly key: string; readonly before: KubeValue; readonly now: KubeValue }

const pruneItems = (list: KubeValue, { key, before, now }: Lists): KubeValue => {
  const find = (items: KubeValue, item: KubeValue): KubeValue =>
    Array.isArray(items) ? items.find(other => other?.[key] === item?.[key]) : undefined
  for (const item of before) {
    const held = find(list, item)
    if (held !== undefined) prune(held, item, find(now, item))
  }
  return list.filter((item: KubeValue) => find(before, item) === undefined || find(now, item) !== undefined)
}

const read = (text: string | undefined): KubeValue => {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The manifest that `apply` was given, with the note of itself that the next `apply` compares with. */
export const withNote = (manifest: KubeValue): KubeValue => {
  const { [LAST_APPLIED]: _noted, ...annotations } = manifest.metadata?.annotations ?? {}
  const bare = { ...manifest, metadata: { ...manifest.metadata, annotations } }
  return {
    ...bare,
    metadata: {
      ...bare.metadata,
      annotations: { ...annotations, [LAST_APPLIED]: `${JSON.stringify(inOrder(bare))}\n` },
    },
  }
}

/** Takes from an object, in place, what the manifest that was applied last held and that of now does not. */
export const dropRemoved = (
  object: KubeObject,
  { before: stored, now }: { readonly before: KubeObject; readonly now: KubeValue },
): void => {
  const before = read(stored.metadata.annotations?.[LAST_APPLIED])
  if (before === undefined) return
  const { metadata, status: _status, ...content } = before
  prune(object, content, { ...now, apiVersion: now.apiVersion, kind: now.kind })
  for (const field of ['labels', 'annotations'] as const)
    if (object.metadata[field] !== undefined)
      prune(object.metadata[field], metadata?.[field] ?? {}, now.metadata?.[field] ?? {})
}

/** What a manifest changes in an object, as `apply` sends it: of maps the fields that differ, other values whole. */
export const patchOf = (stored: KubeValue, wanted: KubeValue): KubeValue =>
  Object.fromEntries(
    Object.entries(wanted).flatMap(([name, value]) => {
      const held = stored?.[name]
      if (isSame(held, value)) return []
      if (!isMap(value) || !isMap(held)) return [[name, value]]
      const inner = patchOf(held, value)
      return Object.keys(inner).length === 0 ? [] : [[name, inner]]
    }),
  )

/** What `apply` warns of where an object was made by other means. */
export const applyWarning = (title: string, stored: KubeObject): string | undefined =>
  stored.metadata.annotations?.[LAST_APPLIED] === undefined
    ? `Warning: resource ${title} is missing the ${LAST_APPLIED} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.\n`
    : undefined
