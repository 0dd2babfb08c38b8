import type { KubeObject, KubeValue } from '../../world/kube-object.ts'

const keysOf = (path: unknown): string[] =>
  String(path)
    .split('/')
    .slice(1)
    .map(key => key.replaceAll('~1', '/').replaceAll('~0', '~'))

/** Whether a JSON patch may name a key: only `add` makes what is not there, and in a list at most its end. */
const isPlace = (op: unknown, holder: KubeValue, key: string): boolean => {
  if (typeof holder !== 'object' || holder === null) return false
  if (!Array.isArray(holder)) return op === 'add' || holder[key] !== undefined
  if (key === '-') return op === 'add'
  return /^\d+$/.test(key) && Number(key) < holder.length + (op === 'add' ? 1 : 0)
}

const isEqual = (a: KubeValue, b: KubeValue): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Applies a JSON patch (RFC 6902: add, remove, replace, test) to an object in place; `false` where one of its paths or tests does not hold. */
export const applyOperations = (object: KubeObject, operations: readonly KubeValue[]): boolean =>
  operations.every(({ op, path, value }) => {
    const keys = keysOf(path)
    const last = keys.pop() ?? ''
    const holder = keys.reduce<KubeValue>((at, key) => at?.[key], object)
    if (!isPlace(op, holder, last)) return false
    if (op === 'test') return isEqual(holder[last], value)
    if (op === 'remove' && Array.isArray(holder)) holder.splice(Number(last), 1)
    else if (op === 'remove') delete holder[last]
    else if (Array.isArray(holder) && op === 'add')
      holder.splice(last === '-' ? holder.length : Number(last), 0, value)
    else holder[last] = value
    return true
  })
