import { readText } from '../files/file-tree.ts'
import { quoteWords } from '../kube/quote-words.ts'
import type { Machine } from '../world/machine.ts'

/** What stands in the file of a program that the shell has itself. */
const BUILT_IN = /^#!\S+\n# Built-in command/

/** Whether a word calls a shell, by its name or its path. */
export const isShell = (word: string): boolean => /(?:^|\/)(?:ba|da|a)?sh$/.test(word)

/** What a shell is to be given to run these words; a script and the text of `sh -c` run in the shell itself. */
export const shellLine = (machine: Machine, words: readonly string[]): string => {
  const [program = '', ...args] = words
  const [first = '', text = '', ...more] = args
  if (isShell(program) && first === '-c' && more.length === 0) return text
  const [path = '', ...own] = isShell(program) && !first.startsWith('-') ? args : words
  const script = readText(machine.files, path)
  const isShells =
    script !== undefined &&
    !BUILT_IN.test(script) &&
    (path !== program || /^#!\s*\S*\b(ba|da)?sh\b/.test(script))
  if (!isShells) return quoteWords(words)
  return own.length === 0 ? script : `set -- ${quoteWords(own)}\n${script}`
}
