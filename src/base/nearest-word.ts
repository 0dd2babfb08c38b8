const nextRow = (row: readonly number[], letter: string, word: string): readonly number[] => {
  const next = [(row[0] ?? 0) + 1]
  for (let at = 1; at <= word.length; at += 1) {
    const swapped = (row[at - 1] ?? 0) + (letter === word[at - 1] ? 0 : 1)
    next.push(Math.min(swapped, (row[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1))
  }
  return next
}

const editDistance = (one: string, other: string): number => {
  let row: readonly number[] = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (const letter of one) row = nextRow(row, letter, other)
  return row.at(-1) ?? 0
}

const LONGEST_WORD = 60

/** The known word that is spelt most alike, compared without case; `undefined` when more than about a third of the letters differ. */
export const nearestWord = (word: string, known: readonly string[]): string | undefined => {
  if (word.length > LONGEST_WORD) return undefined
  const lower = word.toLowerCase()
  const [best] = known
    .map(candidate => ({ candidate, distance: editDistance(lower, candidate.toLowerCase()) }))
    .sort((one, other) => one.distance - other.distance)
  const allowed = Math.max(1, Math.ceil(word.length / 3))
  return best !== undefined && best.distance <= allowed ? best.candidate : undefined
}
