import { quoteWord } from '../quote-word.ts'
import type { PlainCall } from './list-calls.ts'

/** A command that keeps what another one would lose, in a file beside it. */
export type Saving = {
  readonly line: string
  /** What is saved, by which a saving command of a runbook is told to do the same: `iptables`, `file:/etc/fstab`. */
  readonly keeps: string
}

/** What is known about undoing a command, in a sentence or as a command, and what should be saved before. */
export type Advice = { readonly undo?: string; readonly saving?: Saving }

/** Advises on a call; `file` is where saved things go, without an ending. `undefined` where nothing is known. */
export type Adviser = (call: PlainCall, file: string) => Advice | undefined

/** Advisers by the names of programs, which stand apart by blanks. */
export type Advisers = Readonly<Record<string, Adviser>>

/** Words as a command that a person reads: options are only quoted where they must be. */
export const writeWords = (words: readonly string[]): string =>
  words.map(word => (/^-[\w@%+:,./=-]+$/.test(word) ? word : quoteWord(word))).join(' ')

/** A saving command that prints, sent to a file that only its owner can read; the listing shows that something is in it. */
export const saveOutput = (before: string, command: string, file: string): string =>
  `umask 077; ${before}${command} > ${file} && ls -l ${file}`

/** The words that are no options, nor values of those options that take the next word. */
export const operandsOf = (words: readonly string[], valued: readonly string[] = []): readonly string[] => {
  const found: string[] = []
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    if (valued.includes(word)) at += 1
    else if (!word.startsWith('-') || word === '-') found.push(word)
  }
  return found
}

/** Those options, with their values, that are named in `valued`: what a second command needs to ask the same service. */
export const optionsOf = (words: readonly string[], valued: readonly string[]): readonly string[] =>
  words.flatMap((word, at) => {
    if (valued.includes(word)) return [word, words[at + 1] ?? '']
    return valued.some(name => word.startsWith(`${name}=`)) ? [word] : []
  })
