import { findSecrets } from './find-secrets.ts'
import { secretRules } from './rules.ts'
import type { FoundSecret, SecretKind, SecretRule } from './types.ts'

/** The words that stand for secrets, the same word for the same secret as long as it lives. */
export type Redaction = {
  /** The word for a secret: `MASKED-JWT-1`. */
  readonly wordFor: (kind: SecretKind, secret: string) => string
  /** A text of whole lines with its secrets masked. */
  readonly text: (text: string) => string
  /** What is found in one line. */
  readonly find: (line: string) => readonly FoundSecret[]
}

/** Creates a redaction that has seen nothing yet. `own` are rules of the user's, tried first. */
export const createRedaction = (own: readonly SecretRule[] = []): Redaction => {
  const words = new Map<string, string>()
  const numbers = new Map<SecretKind, number>()
  const find = (line: string): readonly FoundSecret[] => {
    const mine = own.length === 0 ? [] : findSecrets(line, own)
    return mine.length === 0 ? findSecrets(line) : findSecrets(line, [...own, ...secretRules])
  }

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
    text: text => text.split('\n').map(line).join('\n'),
  }
}
