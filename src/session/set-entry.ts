/** Gives a map with one more entry. */
export type SetEntry = <K, V>(map: ReadonlyMap<K, V>, key: K, value: V) => ReadonlyMap<K, V>

/** The given map stays as it was. */
export const copyAndSet: SetEntry = (map, key, value) => new Map(map).set(key, value)

/** Maps that were made here are the maker's own and take entries in place; any other is copied once. */
export const createOwnMaps = (): SetEntry => {
  const own = new WeakSet<object>()
  return <K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> => {
    const target = own.has(map) ? (map as Map<K, V>) : new Map(map)
    own.add(target)
    return target.set(key, value)
  }
}
