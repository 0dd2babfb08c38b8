import { findSecrets } from './find-secrets.ts'
import type { SecretKind } from './types.ts'

/** The words that stand for secrets, the same word for the same secret as long as it lives. */
export type Redaction = {
  /** The word for a secret: `MASKED-JWT-1`. */
  readonly wordFor: (kind: SecretKind, secret: string) => string
  /** A text of whole lines with its secrets masked. */
  readonly text: (text: string) => string
}

/** Creates a redaction that has seen nothing yet. */
export const createRedaction = (): Redaction => {
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
    for (const { kind, start, end } of findSecrets(given)) {
      masked += given.slice(from, start) + wordFor(kind, given.slice(start, end))
      from = end
    }
    return from === 0 ? given : masked + given.slice(from)
  }
  return {
    wordFor,
    text: text => text.split('\n').map(line).join('\n'),
  }
}
