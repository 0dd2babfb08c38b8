import type { KubeObject, KubeValue } from '../world/kube-object.ts'

/** A Secret as the API server keeps it: what stands in `stringData` goes to `data`. */
export const withPlainData = ({ stringData, ...secret }: KubeValue): KubeValue => {
  const plain = Object.entries(stringData ?? {}).map(([key, value]) => [key, btoa(String(value))])
  const data = { ...secret.data, ...Object.fromEntries(plain) }
  return Object.keys(data).length === 0 ? secret : { ...secret, data }
}

/** How a change is merged: by the rules of the kind, by those with which `apply` gives a choice whole, or field by field with lists whole. */
export type MergeType = 'strategic' | 'apply' | 'merge'

/** By which field the items of a list are told apart, of the lists that are merged item by item. */
const itemKeys: Readonly<Record<string, string>> = {
  containers: 'name',
  initContainers: 'name',
  ephemeralContainers: 'name',
  volumes: 'name',
  env: 'name',
  volumeMounts: 'mountPath',
  volumeDevices: 'devicePath',
  imagePullSecrets: 'name',
  secrets: 'name',
  hostAliases: 'ip',
  topologySpreadConstraints: 'topologyKey',
  ownerReferences: 'uid',
  webhooks: 'name',
}

/** Fields of which one choice out of several is told, so that the others go when it changes. */
const isChoice = (name: string): boolean => name === 'strategy' || name === 'updateStrategy'

const isMap = (value: KubeValue): boolean =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** The field by which the items of a list under a name are told apart; `undefined` of one that is replaced whole. */
export const itemKeyOf = (name: string, list: KubeValue): string | undefined => {
  const key =
    name === 'ports'
      ? list?.some?.((item: KubeValue) => item?.containerPort !== undefined)
        ? 'containerPort'
        : 'port'
      : itemKeys[name]
  const isKeyed = Array.isArray(list) && list.every(item => isMap(item) && item[key ?? ''] !== undefined)
  return isKeyed ? key : undefined
}

const mergeMaps = (before: KubeValue, change: KubeValue, type: MergeType): KubeValue => {
  const { $patch: directive, $retainKeys: _retain, ...given } = change
  if (directive === 'replace') return given
  const out = isMap(before) ? { ...before } : {}
  for (const [key, value] of Object.entries(given)) {
    if (key.startsWith('$')) continue
    if (value === null) delete out[key]
    else out[key] = mergeValue(out[key], value, { name: key, type })
  }
  return out
}

type Place = { readonly name: string; readonly type: MergeType }

const mergeItems = (before: KubeValue, change: KubeValue, { key, name, type }: Place & { key: string }) => {
  const rule = (item: KubeValue): string | undefined => item.$patch
  if (change.some((item: KubeValue) => rule(item) === 'replace'))
    return change.filter((item: KubeValue) => rule(item) === undefined)
  // One number may be open for two protocols.
  const find = (list: KubeValue, item: KubeValue): KubeValue =>
    list.find(
      (other: KubeValue) =>
        other[key] === item[key] && (other.protocol ?? item.protocol) === (item.protocol ?? other.protocol),
    )
  const isWhole = type === 'apply' && name === 'volumes'
  return [
    ...before.flatMap((item: KubeValue) => {
      const wanted = find(change, item)
      if (wanted === undefined) return [item]
      return rule(wanted) === 'delete' ? [] : [isWhole ? wanted : mergeMaps(item, wanted, type)]
    }),
    ...change.filter((item: KubeValue) => rule(item) === undefined && find(before, item) === undefined),
  ]
}

const mergeValue = (before: KubeValue, change: KubeValue, { name, type }: Place): KubeValue => {
  if (isMap(change)) return type === 'apply' && isChoice(name) ? change : mergeMaps(before, change, type)
  if (!Array.isArray(change) || type === 'merge' || !Array.isArray(before)) return change
  const key = itemKeyOf(name, [...before, ...change])
  return key === undefined ? change : mergeItems(before, change, { key, name, type })
}

/** Merges a change into an object in place; what tells the object from others stays as it is. */
export const mergeFields = (object: KubeObject, change: KubeValue, type: MergeType = 'strategic'): void => {
  const { metadata, status: _status, ...given } = change
  const rest = object.kind === 'Secret' ? withPlainData(given) : given
  for (const [key, value] of Object.entries(rest) as [string, KubeValue][])
    if (key === 'apiVersion' || key === 'kind') continue
    else if (value === null) delete object[key]
    else object[key] = mergeValue(object[key], value, { name: key, type })
  if (metadata?.labels) object.metadata.labels = mergeMaps(object.metadata.labels, metadata.labels, type)
  if (metadata?.annotations)
    object.metadata.annotations = mergeMaps(object.metadata.annotations, metadata.annotations, type)
  if (metadata?.finalizers === null) delete object.metadata.finalizers
  else if (metadata?.finalizers !== undefined) object.metadata.finalizers = metadata.finalizers
  if (metadata?.ownerReferences === null) delete object.metadata.ownerReferences
  else if (metadata?.ownerReferences !== undefined) object.metadata.ownerReferences = metadata.ownerReferences
}

/** Merges a change into an object's status in place. */
export const mergeStatus = (object: KubeObject, { status = {} }: KubeValue): void => {
  object.status = mergeMaps(object.status, status, 'merge')
}

/** Puts what was given in the place of an object's content, in place; what tells the object from others stays as it is. */
export const replaceFields = (object: KubeObject, given: KubeValue): void => {
  const whole = object.kind === 'Secret' ? withPlainData(given) : given
  const kept = new Set(['apiVersion', 'kind', 'metadata', 'status'])
  for (const key of Object.keys(object)) if (!kept.has(key) && !(key in whole)) delete object[key]
  for (const [key, value] of Object.entries(whole)) if (!kept.has(key)) object[key] = value
  for (const field of ['labels', 'annotations', 'finalizers', 'ownerReferences'] as const)
    if (whole.metadata?.[field] == null) delete object.metadata[field]
    else object.metadata[field] = whole.metadata[field]
}
