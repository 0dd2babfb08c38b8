const nextRow = (row: readonly number[], letter: string, word: string): readonly number[] => {
  const next = [(row[0] ?? 0) + 1]
  for (let at = 1; at <= word.length; at += 1) {
    const swapped = (row[at - 1] ?? 0) + (letter === word[at - 1] ? 0 : 1)
    next.push(Math.min(swapped, (row[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1))
  }
  return next
}

const editDistance = (a: string, b: string): number => {
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (const letter of a) row = nextRow(row, letter, b)
  return row.at(-1) ?? 0
}

/** The known word that is spelt most alike, compared without case; `undefined` when more than about a third of the letters differ. */
export const nearestWord = (word: string, known: readonly string[]): string | undefined => {
  if (word.length > 60) return undefined
  const lower = word.toLowerCase()
  const ranked = known
    .map(candidate => ({ candidate, distance: editDistance(lower, candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)
  const [best] = ranked
  const allowed = Math.max(1, Math.ceil(word.length / 3))
  return best !== undefined && best.distance <= allowed ? best.candidate : undefined
}

/** A sentence that names the nearest known word, or all of them. */
export const adviseWord = (word: string, known: readonly string[]): string => {
  const near = nearestWord(word, known)
  return near === undefined ? `Known are: ${known.join(', ')}.` : `Did you mean "${near}"?`
}
