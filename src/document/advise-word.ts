import { nearestWord } from '../base/index.ts'

/** A sentence that names the nearest known word, or all of them. */
export const adviseWord = (word: string, known: readonly string[]): string => {
  const near = nearestWord(word, known)
  return near === undefined ? `Known are: ${known.join(', ')}.` : `Did you mean "${near}"?`
}
