const none: ReadonlySet<string> = new Set()

const known = new Map<string, ReadonlySet<string>>()

/** The names in a list of a tool table. Every command line asks for some: each list is taken apart once. */
export const namesOf = (list: string | undefined): ReadonlySet<string> => {
  if (list === undefined) return none
  const names = known.get(list) ?? new Set(list.split(' '))
  known.set(list, names)
  return names
}
