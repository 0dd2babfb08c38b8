import type { Command } from 'unbash'
import { expandWord } from './expand-word.ts'
import { joinFields } from './field.ts'
import type { Scope } from './scope.ts'

/** Shells differ in what `echo` makes of a backslash or of words that may be options. */
const isPlain = (text: string): boolean => !text.includes('\\') && !text.startsWith('-')

/**
 * The text that a plain `echo` prints; `undefined` for any other command, and where a word, a redirection or the shell itself
 * could make it another text.
 */
export const echoedText = ({ name, args, prefix, redirects }: Command, scope: Scope): string | undefined => {
  if (name?.text !== 'echo' || scope.functions.has('echo') || prefix.length + redirects.length > 0)
    return undefined
  const words = args.flatMap(arg => (arg.type === 'Word' ? expandWord(arg, scope.variables) : []))
  const text = words.length === args.length ? joinFields(words) : undefined
  return text !== undefined && !words.some(word => word.globbed) && isPlain(text) ? text : undefined
}
