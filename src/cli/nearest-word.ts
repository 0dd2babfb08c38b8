const editDistance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}

/** The known word that a misspelt one most likely meant; `undefined` when none is close (more than about a third of its letters differ). */
export const nearestWord = (word: string, known: readonly string[]): string | undefined => {
  const bare = word.replace(/^-+/, '').toLowerCase()
  const ranked = known
    .map(candidate => ({ candidate, distance: editDistance(bare, candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)
  const best = ranked[0]
  return best !== undefined && best.distance <= Math.max(1, Math.ceil(bare.length / 3))
    ? best.candidate
    : undefined
}
