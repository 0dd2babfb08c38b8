/** So many are read through; more words find fewer. */
const MOST_FOUND = 20

/** What a search for words found, a line each: the first of them and how many more there are, or what to do where there is none. */
export const presentFound = (lines: readonly string[], words: string): readonly string[] => {
  if (lines.length === 0) return [`Nothing holds "${words}". Try fewer words, or a part of one.`]
  const more = lines.length - MOST_FOUND
  return [...lines.slice(0, MOST_FOUND), ...(more > 0 ? [`  and ${more} more: more words find fewer`] : [])]
}
