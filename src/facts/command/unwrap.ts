import type { CommandWords } from '../types.ts'
import { type Wrapper, wrappers } from './wrappers.ts'

/** What stands behind a wrapper: the words of a command, or a shell text. */
export type Unwrapped =
  | { readonly kind: 'words'; readonly argv: CommandWords }
  | { readonly kind: 'text'; readonly text: string }

/** The last part of a path: `/usr/bin/df` gives `df`. */
const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** Names the program by its base name and drops a backslash that escapes an alias. */
export const withBaseName = ([program = '', ...rest]: CommandWords): CommandWords => [
  baseName(program.replace(/^\\/, '')),
  ...rest,
]

const isAssignment = (word: string): boolean => /^[A-Za-z_]\w*=/.test(word)

/** The index of the first word that is neither an option, an option's value nor an assignment. */
const firstOperand = (words: CommandWords, valueOptions: readonly string[]): number => {
  let index = 0
  for (; index < words.length; index += 1) {
    const word = words[index] ?? ''
    if (word === '--') return index + 1
    if (valueOptions.includes(word)) index += 1
    else if (!word.startsWith('-') && !isAssignment(word)) return index
  }
  return index
}

const wrapperFor = ([program, ...rest]: CommandWords): Wrapper | undefined =>
  wrappers.find(
    wrapper =>
      wrapper.names.includes(program ?? '') &&
      (wrapper.verb === undefined || rest.join(' ').startsWith(`${wrapper.verb} `)),
  )

const behindShell = (words: CommandWords): Unwrapped | undefined => {
  const option = words.findIndex(word => /^-[a-z]*c$/.test(word))
  const text = option < 0 ? undefined : words[option + 1]
  return text === undefined ? undefined : { kind: 'text', text }
}

const behindWords = (wrapper: Wrapper, words: CommandWords): Unwrapped => {
  const operand = firstOperand(words, wrapper.valueOptions ?? [])
  const tail = words.slice(operand + (wrapper.positionals ?? 0))
  const argv = tail[0] === '--' ? tail.slice(1) : tail
  return wrapper.rest === 'text' ? { kind: 'text', text: argv.join(' ') } : { kind: 'words', argv }
}

/** Takes one wrapper off a command; `undefined` when it stands bare. `argv[0]` must be a base name. */
export const unwrap = (argv: CommandWords): Unwrapped | undefined => {
  const wrapper = wrapperFor(argv)
  if (wrapper === undefined) return undefined
  const words = argv.slice(1 + (wrapper.verb?.split(' ').length ?? 0))
  if (wrapper.rest === 'option-c') return behindShell(words)
  if (wrapper.rest !== 'after-dashes') return behindWords(wrapper, words)
  const dashes = words.indexOf('--')
  return dashes < 0 ? undefined : { kind: 'words', argv: words.slice(dashes + 1) }
}
