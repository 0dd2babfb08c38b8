import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const LETTER_BITS = 5

/** The SHA-256 digest of a text in the letters of base32, without the signs that fill its end up: 52 letters. */
export const base32Digest = (text: string): string => {
  const bits = Array.from(sha256(utf8ToBytes(text)), byte => byte.toString(2).padStart(8, '0')).join('')
  return Array.from(
    { length: Math.ceil(bits.length / LETTER_BITS) },
    (_, index) =>
      LETTERS[
        Number.parseInt(
          bits.slice(index * LETTER_BITS, (index + 1) * LETTER_BITS).padEnd(LETTER_BITS, '0'),
          2,
        )
      ],
  ).join('')
}
