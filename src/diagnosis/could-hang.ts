import { parseRegex, type RegexNode } from './regex-tree.ts'

/** Up to this many copies of a part, the engine that V8 falls back to takes a pattern; measured with Node 24. */
const MOST_COPIES = 16

type Weight = {
  /** How often a counted part of it is copied. */
  readonly copies: number
  /** Whether one text can be matched in several ways. */
  readonly isLoose: boolean
  /** Whether such a part is repeated, so that the ways multiply. */
  readonly isTangled: boolean
}

const join = (weights: readonly Weight[]): Weight => ({
  copies: Math.max(1, ...weights.map(({ copies }) => copies)),
  isLoose: weights.some(({ isLoose }) => isLoose),
  isTangled: weights.some(({ isTangled }) => isTangled),
})

const weigh = (node: RegexNode): Weight => {
  if (node.kind === 'sequence') return join(node.items.map(weigh))
  if (node.kind === 'choice') return { ...join(node.items.map(weigh)), isLoose: true }
  if (node.kind !== 'repeat') return { copies: 1, isLoose: false, isTangled: false }
  const inner = weigh(node.item)
  const { minimum, maximum } = node
  return {
    copies: inner.copies * (Number.isFinite(maximum) ? Math.max(1, maximum) : Math.max(1, minimum)),
    isLoose: inner.isLoose || (maximum > minimum && maximum > 1),
    isTangled: inner.isTangled || (inner.isLoose && maximum > 1),
  }
}

/**
 * Tells whether a regular expression could keep the program busy for ever on some line. One that only backtracks could not: V8 goes over
 * to an engine that does not. But that one takes no large counts, so a repetition within a repetition must not stand beside one.
 */
export const couldHang = (source: string): boolean => {
  const { copies, isTangled } = weigh(parseRegex(source))
  return isTangled && copies > MOST_COPIES
}
