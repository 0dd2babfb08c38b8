import type { KubeObject, KubeValue } from '../../world/kube-object.ts'

/** A Secret as the API server keeps it: what stands in `stringData` goes to `data`. */
export const withPlainData = ({ stringData, ...secret }: KubeValue): KubeValue => {
  const plain = Object.entries(stringData ?? {}).map(([key, value]) => [key, btoa(String(value))])
  const data = { ...secret.data, ...Object.fromEntries(plain) }
  return Object.keys(data).length === 0 ? secret : { ...secret, data }
}

const merge = (before: KubeValue, change: KubeValue): KubeValue => {
  if (change === null || typeof change !== 'object' || Array.isArray(change)) return change
  const out = { ...(typeof before === 'object' && !Array.isArray(before) ? before : {}) }
  for (const [key, value] of Object.entries(change)) {
    if (value === null) delete out[key]
    else out[key] = mergeLists(out[key], value)
  }
  return out
}

/** Lists of named things are merged by name, as the strategic patch does for containers, ports, volumes. */
const mergeLists = (before: KubeValue, change: KubeValue): KubeValue => {
  const isNamed = (list: KubeValue): boolean =>
    Array.isArray(list) &&
    list.length > 0 &&
    list.every(item => item !== null && typeof item === 'object' && item.name !== undefined)
  if (!isNamed(before) || !isNamed(change)) return merge(before, change)
  const known = new Set(change.map((item: KubeValue) => item.name))
  return [
    ...before.map((item: KubeValue) =>
      known.has(item.name)
        ? merge(
            item,
            change.find((c: KubeValue) => c.name === item.name),
          )
        : item,
    ),
    ...change.filter((item: KubeValue) => !before.some((b: KubeValue) => b.name === item.name)),
  ]
}

/** Merges a change into an object in place, as the strategic patch does. */
export const mergeFields = (object: KubeObject, change: KubeValue): void => {
  const { metadata, status: _status, ...given } = change
  const rest = object.kind === 'Secret' ? withPlainData(given) : given
  for (const [key, value] of Object.entries(rest))
    if (key !== 'apiVersion' && key !== 'kind') object[key] = mergeLists(object[key], value)
  if (metadata?.labels) object.metadata.labels = merge(object.metadata.labels ?? {}, metadata.labels)
  if (metadata?.annotations)
    object.metadata.annotations = merge(object.metadata.annotations ?? {}, metadata.annotations)
  if (metadata?.finalizers === null) delete object.metadata.finalizers
  else if (metadata?.finalizers !== undefined) object.metadata.finalizers = metadata.finalizers
}
