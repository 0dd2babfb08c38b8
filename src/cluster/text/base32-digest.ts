import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { base32nopad } from '@scure/base'

/** The SHA-256 digest of a text in the letters of base32, without the signs that fill its end up: 52 letters. */
export const base32Digest = (text: string): string => base32nopad.encode(sha256(utf8ToBytes(text)))
