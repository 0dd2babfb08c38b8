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

/** A typed word and what is looked for of it, made once, since many texts are looked through. */
type Typed = {
  readonly word: string
  /** What follows each of its letters. */
  readonly tails: readonly string[]
  /** One slip leaves one half of a word whole, or changes the two letters in its middle. */
  readonly traces: readonly string[]
}

const typedOf = (word: string): Typed => {
  const middle = word.length >> 1
  const [front, back] = [word.slice(0, middle), word.slice(middle)]
  const swapped = `${front.slice(0, -1)}${back.slice(0, 1)}${front.slice(-1)}${back.slice(1)}`
  const tails = Array.from({ length: word.length + 1 }, (_, at) => word.slice(at))
  return { word, tails, traces: [front, back, swapped] }
}

/** Tells whether a text has the word at a place, but for one letter that is missing, added or changed, or two that changed places. */
const slipsAt = (text: string, at: number, { word, tails }: Typed): boolean => {
  let same = 0
  while (same < word.length && text[at + same] === word[same]) same++
  if (same >= word.length - 1) return true
  const [rest = '', after = '', further = ''] = tails.slice(same, same + 3)
  const here = at + same
  if (text.startsWith(after, here) || text.startsWith(rest, here + 1) || text.startsWith(after, here + 1))
    return true
  return text[here] === after[0] && text[here + 1] === rest[0] && text.startsWith(further, here + 2)
}

const isWordAt = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at)
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 48 && code <= 57)
  return /\p{L}/u.test(text[at] ?? '')
}

/** Texts without a trace of the word need not be looked at letter by letter. */
const holdsSlip = (text: string, typed: Typed): boolean => {
  if (typed.word.length < leastForSlip || !typed.traces.some(trace => text.includes(trace))) return false
  for (let at = 0, wasWord = false; at < text.length; at++) {
    const isWord = isWordAt(text, at)
    if (isWord && !wasWord && slipsAt(text, at, typed)) return true
    wasWord = isWord
  }
  return false
}

const rankSlipped = (texts: readonly string[], words: readonly string[]): readonly number[] => {
  const all = words.map(typedOf)
  return texts.flatMap((text, at) =>
    all.every(typed => text.includes(typed.word) || holdsSlip(text, typed)) ? [at] : [],
  )
}

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
