import { isPlainWord } from './looks-secret.ts'
import type { SecretRule } from './types.ts'

type Holds = SecretRule['holds']
type Look = readonly [hint: string, source: string, holds?: Holds]

const make = (kind: string, [hint, source, holds]: Look, flags: string): SecretRule => ({
  kind,
  hint,
  pattern: new RegExp(source, flags),
  ...(holds === undefined ? {} : { holds }),
})
/** A rule for names and options, which people write in any case. */
export const rule = (kind: string, ...look: Look): SecretRule => make(kind, look, 'dgi')
/** A rule for what an issuer writes in one way only. */
export const exact = (kind: string, ...look: Look): SecretRule => make(kind, look, 'dg')

/** Leaves out what says that there is none, a path, a variable. */
export const notPlain = (text: string): boolean => !isPlainWord(text)
/** What may stand between a name and its value in JSON, YAML, assignments and Go structs; quotes may be escaped. */
export const is = String.raw`\\?["']?\s*(?:=>|:=|[:=])\s*\\?["']?`
/** A value without quotes. */
export const value = String.raw`(?<secret>[^\s"'\\,;&<>(){}[\]|]{3,})`
/** A value in quotes, or without as far as a shell's word goes. */
export const quoted = String.raw`(?:"(?<secret>[^"\\]{1,500})"|'(?<secret>[^'\\]{1,500})'|(?<secret>[^\s"'\\|;&]{2,}))`
