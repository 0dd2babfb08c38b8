import { quoteWord } from '../shell/index.ts'
import type { Placeholder, StepCommand } from '../tree/index.ts'
import { readShellContexts, type ShellContext } from './shell-contexts.ts'

/** A command with its placeholders filled in as far as values are known; `missing` names those that have none, once each. */
export type FilledCommand = { readonly line: string; readonly missing: readonly string[] }

/** What closes and opens the quotes around a value that stands inside them. */
const quotes: Readonly<Partial<Record<ShellContext, readonly [close: string, open: string]>>> = {
  single: ["'", "'"],
  double: ['"', '"'],
  ansi: ["'", "$'"],
}

/** Writes a value so that the shell takes it as one literal piece wherever the placeholder stood. */
export const writeValue = (value: string, context: ShellContext): string => {
  if (context === 'raw-heredoc') return value
  if (context === 'heredoc') return value.replace(/[\\$`]/g, '\\$&')
  const word = quoteWord(value)
  const [close, open] = quotes[context] ?? ['', '']
  return word === value ? value : `${close}${word}${open}`
}

const isWordCharacter = (character: string | undefined): boolean => /^\w$/.test(character ?? '')

const escapeRegex = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/** A spelling such as `NODE_IP` must not match inside `MY_NODE_IP2` or the shell's own `$NODE_IP`; one in brackets stands for itself. */
const patternOf = (text: string): string => {
  const first = text.startsWith('/') ? '(?<![\\w.~-])' : ''
  const before = isWordCharacter(text[0]) ? '(?<![\\w$]|\\$\\{)' : first
  const after = isWordCharacter(text.at(-1)) ? '(?!\\w)' : ''
  return `${before}${escapeRegex(text)}${after}`
}

const patternOfAll = (placeholders: readonly Placeholder[]): RegExp => {
  const texts = placeholders.map(({ text }) => text).sort((a, b) => b.length - a.length)
  return new RegExp(texts.map(patternOf).join('|'), 'g')
}

/** Fills the placeholders of a command's text, each value quoted for its place. Comments are left as they are. */
export const fillPlaceholders = (
  text: string,
  placeholders: readonly Placeholder[],
  variables: ReadonlyMap<string, string>,
): FilledCommand => {
  if (placeholders.length === 0) return { line: text, missing: [] }
  const contexts = readShellContexts(text)
  const names = new Map(placeholders.map(placeholder => [placeholder.text, placeholder.name]))
  const missing = new Set<string>()
  const line = text.replace(patternOfAll(placeholders), (spelling, offset: number) => {
    const name = names.get(spelling) ?? spelling
    const context = contexts[offset] ?? 'plain'
    const value = variables.get(name)
    if (context === 'comment') return spelling
    if (value !== undefined) return writeValue(value, context)
    missing.add(name)
    return spelling
  })
  return { line, missing: [...missing] }
}

/** A step's command as it would be run now. */
export const fillCommand = (command: StepCommand, variables: ReadonlyMap<string, string>): FilledCommand =>
  fillPlaceholders(command.run, command.placeholders, variables)
