/**
 * Remembers what a pure function gave for an object, as long as the object lives. What is given must not be changed, and the object must
 * stay what it was.
 */
export const remembered = <K extends object, T>(make: (key: K) => T): ((key: K) => T) => {
  const known = new WeakMap<K, { readonly value: T }>()
  return key => {
    const kept = known.get(key) ?? { value: make(key) }
    known.set(key, kept)
    return kept.value
  }
}
