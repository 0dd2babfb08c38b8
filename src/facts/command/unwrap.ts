import type { CommandWords } from '../types.ts'
import { carriedTools, carriers, otherNames, type Wrapper, wrappers } from './wrappers.ts'

/** What stands behind a wrapper: the words of a command, or a shell text. */
export type Unwrapped =
  | { readonly kind: 'words'; readonly argv: CommandWords }
  | { readonly kind: 'text'; readonly text: string }

/** The last part of a path: `/usr/bin/df` gives `df`. */
const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** Names the program by its base name and drops a backslash that escapes an alias. */
export const withBaseName = ([program = '', ...rest]: CommandWords): CommandWords => {
  const name = baseName(program.replace(/^\\/, ''))
  return [Object.hasOwn(otherNames, name) ? (otherNames[name] ?? name) : name, ...rest]
}

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

// The verb may stand behind options of the program as a whole: `kubectl -n NAMESPACE exec`.
const afterVerb = (wrapper: Wrapper, words: CommandWords): CommandWords | undefined => {
  if (wrapper.verb === undefined) return words
  const verb = wrapper.verb.split(' ')
  const start = firstOperand(words, wrapper.leadingOptions ?? [])
  const rest = words.slice(start + verb.length)
  return rest.length > 0 && verb.every((word, index) => words[start + index] === word) ? rest : undefined
}

// `k3s kubectl …`, `minikube kubectl -- …`: the tool itself stands behind the name of the distribution.
const carried = ([program = '', tool = '', ...rest]: CommandWords): Unwrapped | undefined =>
  carriers.includes(program) && carriedTools.includes(baseName(tool))
    ? { kind: 'words', argv: [tool, ...(rest[0] === '--' ? rest.slice(1) : rest)] }
    : undefined

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

const behind = (wrapper: Wrapper, words: CommandWords): Unwrapped | undefined => {
  if (wrapper.rest === 'option-c') return behindShell(words)
  if (wrapper.rest !== 'after-dashes') return behindWords(wrapper, words)
  const dashes = words.indexOf('--')
  return dashes < 0 ? undefined : { kind: 'words', argv: words.slice(dashes + 1) }
}

/** Takes one wrapper off a command; `undefined` when it stands bare. `argv[0]` must be a base name. */
export const unwrap = (argv: CommandWords): Unwrapped | undefined => {
  const [program = '', ...words] = argv
  for (const wrapper of wrappers) {
    const rest = wrapper.names.includes(program) ? afterVerb(wrapper, words) : undefined
    if (rest !== undefined) return behind(wrapper, rest)
  }
  return carried(argv)
}
