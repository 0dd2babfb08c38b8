import type { KubeValue } from '../world/kube-object.ts'

/** A value with all keys in order, as the API's clients print it; empty ones and what is kept inside are left out. */
export const inOrder = (value: KubeValue): KubeValue => {
  if (Array.isArray(value)) return value.map(inOrder)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, inOrder(inner)]),
  )
}
