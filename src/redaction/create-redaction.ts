import { findSecrets } from './find-secrets.ts'
import { createOwnFinder } from './own-finder.ts'
import type { FoundSecret, OwnSecret, SecretKind } from './types.ts'

/** The words that stand for secrets, the same word for the same secret as long as it lives. */
export type Redaction = {
  /** The word for a secret: `MASKED-JWT-1`. */
  readonly wordFor: (kind: SecretKind, secret: string) => string
  /** The secrets of one line, in order, none within another. */
  readonly find: (line: string) => readonly FoundSecret[]
  /** Set where any line may hold one: which are worth a search cannot be told, and an unfinished one not be shown. */
  readonly isThorough: boolean
  /** A text of whole lines with its secrets masked. */
  readonly text: (text: string) => string
}

/** Secrets of one line in order, those that overlap as one, so that nothing of either stays. */
export const joined = (found: readonly FoundSecret[]): readonly FoundSecret[] => {
  const whole: FoundSecret[] = []
  for (const one of [...found].sort((a, b) => a.start - b.start)) {
    const last = whole.at(-1)
    if (last === undefined || one.start >= last.end) whole.push(one)
    else if (one.end > last.end) whole[whole.length - 1] = { ...last, end: one.end }
  }
  return whole
}

const findAlso = (own: readonly OwnSecret[]): Redaction['find'] => {
  if (own.length === 0) return findSecrets
  const findOwn = createOwnFinder(own)
  return line => joined([...findOwn(line), ...findSecrets(line)])
}

/** Creates a redaction that has seen nothing yet; `own` is what else is a secret. */
export const createRedaction = (own: readonly OwnSecret[] = []): Redaction => {
  const find = findAlso(own)
  const words = new Map<string, string>()
  const numbers = new Map<SecretKind, number>()

  const nameOf = (kind: SecretKind): string => {
    const number = (numbers.get(kind) ?? 0) + 1
    numbers.set(kind, number)
    return `MASKED-${kind.toUpperCase()}-${number}`
  }
  const wordFor = (kind: SecretKind, secret: string): string => {
    const word = words.get(secret) ?? nameOf(kind)
    words.set(secret, word)
    return word
  }
  const line = (given: string): string => {
    let masked = ''
    let from = 0
    for (const { kind, start, end } of find(given)) {
      masked += given.slice(from, start) + wordFor(kind, given.slice(start, end))
      from = end
    }
    return from === 0 ? given : masked + given.slice(from)
  }
  return {
    wordFor,
    find,
    isThorough: own.length > 0,
    text: text => text.split('\n').map(line).join('\n'),
  }
}
