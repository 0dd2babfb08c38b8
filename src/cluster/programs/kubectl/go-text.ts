import type { KubeValue } from '../../world/kube-object.ts'

/** A value as Go prints it: `map[spec:map[replicas:3]]`, the keys in order. */
export const goText = (value: KubeValue): string => {
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`
  if (value === null || value === undefined) return '<nil>'
  if (typeof value !== 'object') return String(value)
  const pairs = Object.keys(value)
    .sort()
    .map(key => `${key}:${goText(value[key])}`)
  return `map[${pairs.join(' ')}]`
}
