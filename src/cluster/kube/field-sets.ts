import type { KubeValue } from '../world/kube-object.ts'

/** What tells the items of a list apart, in the order in which it is looked for. */
const listKeys: readonly (readonly string[])[] = [
  ['containerPort', 'protocol'],
  ['port', 'protocol'],
  ['mountPath'],
  ['type', 'status'],
  ['name'],
  ['uid'],
  ['ip'],
]

/** Fields that are written as a whole, or not at all. */
const atomic = new Set('selector nodeSelector args command matchLabels tolerations taints items'.split(' '))
/** Parts that are there with what holds them. */
const inherent = new Set('metadata spec status template strategy rollingUpdateStrategy'.split(' '))

const isMap = (value: KubeValue): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const keyOfItem = (item: KubeValue): string | undefined => {
  const keys = listKeys.find(names => names.every(name => item?.[name] !== undefined))
  if (keys === undefined) return undefined
  const told = keys[0] === 'type' ? ['type'] : keys
  return `k:${JSON.stringify(Object.fromEntries(told.map(name => [name, item[name]])))}`
}

const setOfList = (items: readonly KubeValue[], before: KubeValue): KubeValue => {
  const known: readonly KubeValue[] = Array.isArray(before) ? before : []
  const parts = items.flatMap(item => {
    const key = keyOfItem(item) ?? ''
    const old = known.find(one => keyOfItem(one) === key)
    if (JSON.stringify(old) === JSON.stringify(item)) return []
    return [[key, { ...(old === undefined ? { '.': {} } : {}), ...fieldSet(item, old) }] as const]
  })
  return Object.fromEntries(parts)
}

const setOfField = (name: string, value: KubeValue, before: KubeValue): KubeValue => {
  if (Array.isArray(value) && !atomic.has(name) && value.length > 0 && value.every(keyOfItem))
    return setOfList(value, before)
  if (!isMap(value) || atomic.has(name) || Object.keys(value).length === 0) return {}
  return { ...(before === undefined && !inherent.has(name) ? { '.': {} } : {}), ...fieldSet(value, before) }
}

/** The fields of a value that differ from what was there before, as `fieldsV1` writes them. */
export const fieldSet = (value: KubeValue, before?: KubeValue): KubeValue =>
  Object.fromEntries(
    Object.entries(value as Record<string, KubeValue>).flatMap(([name, now]) =>
      JSON.stringify(now) === JSON.stringify(before?.[name]) || (name === 'creationTimestamp' && now === null)
        ? []
        : [[`f:${name}`, setOfField(name, now, before?.[name])]],
    ),
  )

/** A set of fields without those of another. A map of which nothing else is left belongs to the other too. */
export const withoutFields = (set: KubeValue, gone: KubeValue): KubeValue => {
  const left = Object.entries(set as Record<string, KubeValue>).flatMap(([key, inner]) => {
    const other = gone?.[key]
    if (other === undefined || key === '.') return [[key, inner] as const]
    if (Object.keys(other).length === 0) return []
    const within = withoutFields(inner, other)
    return Object.keys(within).length === 0 ? [] : [[key, within] as const]
  })
  const isEmptied = left.length < Object.keys(set).length && left.every(([key]) => key === '.')
  return isEmptied && gone?.['.'] !== undefined ? {} : Object.fromEntries(left)
}
