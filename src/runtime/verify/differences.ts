/** Two values that are not the same, and where in the whole they stand. `undefined` where there is none. */
export type Difference = { readonly path: string; readonly before: unknown; readonly after: unknown }

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const partsOf = (before: unknown, after: unknown): readonly string[] | undefined => {
  if (Array.isArray(before) && Array.isArray(after))
    return Array.from({ length: Math.max(before.length, after.length) }, (_, index) => String(index))
  if (!isObject(before) || !isObject(after)) return undefined
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
}

const partOf = (value: unknown, name: string): unknown =>
  Object.hasOwn(value as object, name) ? (value as Record<string, unknown>)[name] : undefined

const step = (path: string, name: string): string =>
  /^\d+$/.test(name) ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`

/** Where two JSON values differ, as deep as both have the same form; none when they are equal. */
export const differences = (before: unknown, after: unknown, path = ''): readonly Difference[] => {
  const parts = partsOf(before, after)
  if (parts === undefined)
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }]
  return parts.flatMap(name => differences(partOf(before, name), partOf(after, name), step(path, name)))
}
