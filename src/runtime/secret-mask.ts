import type { OutputChunk, StreamName } from '../base/index.ts'
import { type Secrets, secretMask } from '../session/index.ts'

/** Takes secrets out of what a command prints, also where one comes in pieces. */
export type SecretMask = {
  /** The text as it may be kept; what may be the beginning of a secret is held back. */
  readonly pass: (chunk: OutputChunk) => OutputChunk
  /** What was held back and turned out to be none. */
  readonly rest: () => readonly OutputChunk[]
  readonly text: (text: string) => string
}

/** Shorter values stand in every other word; masking them would make outputs unreadable and keep nothing secret. */
const shortest = 3

/** A secret as it is, and as programs print it: in JSON, in an address, in base64. */
const formsOf = (value: string): readonly string[] => [
  value,
  JSON.stringify(value).slice(1, -1),
  encodeURIComponent(value),
  Buffer.from(value).toString('base64'),
  ...value.split('\n'),
]

/** How many characters at the end of a text may be the beginning of one of the forms. */
const openLength = (text: string, forms: readonly string[]): number => {
  const longest = Math.min(text.length, Math.max(...forms.map(form => form.length)) - 1)
  for (let length = longest; length > 0; length -= 1) {
    const end = text.slice(-length)
    if (forms.some(form => form.length > length && form.startsWith(end))) return length
  }
  return 0
}

/** A mask for the secrets as they are known when a command starts. Without any it lets everything pass as it is. */
export const createSecretMask = (secrets: Secrets): SecretMask => {
  const forms = [...new Set([...secrets.values()].flatMap(formsOf))]
    .filter(form => form.length >= shortest)
    .sort((a, b) => b.length - a.length)
  const text = (given: string): string =>
    forms.reduce((rest, form) => rest.replaceAll(form, secretMask), given)
  const held = new Map<StreamName, string>()

  const pass = (chunk: OutputChunk): OutputChunk => {
    if (forms.length === 0) return chunk
    const masked = text((held.get(chunk.stream) ?? '') + chunk.text)
    const open = openLength(masked, forms)
    held.set(chunk.stream, open === 0 ? '' : masked.slice(-open))
    return { ...chunk, text: open === 0 ? masked : masked.slice(0, -open) }
  }
  const rest = (): readonly OutputChunk[] =>
    [...held].flatMap(([stream, left]) => (left === '' ? [] : [{ stream, text: left }]))
  return { pass, rest, text }
}
