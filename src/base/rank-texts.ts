/** Scores of one word by where it stands; only their order matters. */
const atBeginning = 5
const atWord = 4
const within = 2
const phrase = 3

const isWordStart = (text: string, at: number): boolean => !/[\p{L}\d]/u.test(text[at - 1] ?? ' ')

const scoreOfWord = (text: string, word: string): number | undefined => {
  const at = text.indexOf(word)
  if (at < 0) return undefined
  if (at === 0) return atBeginning
  return isWordStart(text, at) || text.includes(` ${word}`) ? atWord : within
}

/** Shorter words have too many neighbours. */
const leastForSlip = 4

/** Tells whether two words differ by one letter that is missing, added or changed, or by two that changed places. */
const isOneSlip = (typed: string, word: string): boolean => {
  if (Math.abs(typed.length - word.length) > 1) return false
  let same = 0
  while (same < typed.length && typed[same] === word[same]) same++
  const rest = typed.slice(same)
  const other = word.slice(same)
  if (rest.slice(1) === other || rest === other.slice(1) || rest.slice(1) === other.slice(1)) return true
  return rest[0] === other[1] && rest[1] === other[0] && rest.slice(2) === other.slice(2)
}

/** One slip leaves one half of a word whole: texts that hold neither need not be looked at word by word. */
const mayHoldSlip = (text: string, typed: string): boolean => {
  if (typed.length < leastForSlip) return false
  const middle = typed.length >> 1
  return text.includes(typed.slice(0, middle)) || text.includes(typed.slice(middle))
}

const holdsSlip = (text: string, typed: string): boolean =>
  text.split(/[^\p{L}\d]+/u).some(word => {
    const begun = [typed.length - 1, typed.length, typed.length + 1].map(length => word.slice(0, length))
    return begun.some(part => isOneSlip(typed, part))
  })

const rankSlipped = (texts: readonly string[], words: readonly string[]): readonly number[] =>
  texts.flatMap((text, at) => {
    if (!words.every(word => text.includes(word) || mayHoldSlip(text, word))) return []
    return words.every(word => text.includes(word) || holdsSlip(text, word)) ? [at] : []
  })

const scoreOf = (text: string, words: readonly string[], whole: string): number | undefined => {
  let score = words.length > 1 && text.includes(whole) ? phrase : 0
  for (const word of words) {
    const found = scoreOfWord(text, word)
    if (found === undefined) return undefined
    score += found
  }
  return score
}

/**
 * The indexes of the texts that hold every typed word, in any order, best first: words at the beginning of a text before those at the
 * beginning of a word, before others; what fits as well keeps its order. Where none does, those that hold them with one slip of the
 * finger a word. The texts are given in lower case, so that a search with every key lowers them once.
 */
export const rankTexts = (texts: readonly string[], typed: string): readonly number[] => {
  const whole = typed.trim().toLowerCase()
  const words = whole.split(/\s+/)
  const scored = texts.flatMap((text, at) => {
    const score = scoreOf(text, words, whole)
    return score === undefined ? [] : [{ at, score }]
  })
  if (scored.length === 0) return rankSlipped(texts, words)
  return scored.sort((one, other) => other.score - one.score).map(({ at }) => at)
}
