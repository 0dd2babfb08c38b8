const MOST = 400

/**
 * Remembers what a pure function gave for a text: files are looked at again and again and seldom change. What is given must not be
 * changed. The oldest are forgotten.
 */
export const remembering = <T>(read: (text: string) => T): ((text: string) => T) => {
  const known = new Map<string, T>()
  return text => {
    const found = known.get(text)
    if (found !== undefined || known.has(text)) return found as T
    const fresh = read(text)
    if (known.size >= MOST) known.delete(known.keys().next().value ?? '')
    known.set(text, fresh)
    return fresh
  }
}
