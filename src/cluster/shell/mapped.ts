/** A node of a parsed script. */
export type Node = { readonly type: string } & Readonly<Record<string, unknown>>

/** A tree with every node replaced by what is said of it, from the leaves on; what does not change stays the same. */
export const mapped = <T>(value: T, change: (node: Node) => unknown): T => {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const items = value.map(item => mapped(item, change))
    return items.every((item, index) => item === value[index]) ? value : (items as T)
  }
  const changed = Object.entries(value)
    .map(([key, before]) => ({ key, before, after: mapped<unknown>(before, change) }))
    .filter(({ before, after }) => after !== before)
  const copy =
    changed.length === 0
      ? value
      : { ...value, ...Object.fromEntries(changed.map(({ key, after }) => [key, after])) }
  const node = copy as unknown as Node
  return (typeof node.type === 'string' ? change(node) : node) as T
}
