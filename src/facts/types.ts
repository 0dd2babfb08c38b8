import type { Diagnostic } from '../base/index.ts'

/** A value of a fact: plain JSON. Sizes are bytes, durations seconds, percents 0–100, instants ISO 8601 text, unless the name says otherwise. */
export type FactValue =
  | string
  | number
  | boolean
  | null
  | readonly FactValue[]
  | { readonly [name: string]: FactValue }

/** Facts by their documented top-level name, such as `filesystems` or `units`. A name that is absent was never collected. */
export type Facts = Readonly<Record<string, FactValue>>

/** A simple command's words after wrappers, assignments and filters were taken away: `argv[0]` is the program's base name. */
export type CommandWords = readonly string[]

/** What a parser is given. Texts hold no colour codes. */
export type ParserInput = {
  readonly argv: CommandWords
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number | undefined
}

/** Where a fact stands in the output: path of the fact (`filesystems[2]`) to line of stdout, counted from 1. */
export type FactLines = ReadonlyMap<string, number>

/** What a parser made of an output. */
export type Parsed = {
  readonly facts: Facts
  readonly lines: FactLines
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Tells the outputs of several commands apart that stand one after another in a text: one text a command, in which the lines of the
 * others are empty, so that all keep their numbers. `undefined` where they cannot be told apart.
 */
export type Division = (stdout: string, commands: readonly CommandWords[]) => readonly string[] | undefined

/** One parser serves one command family. Pure; never throws. */
export type Parser = {
  readonly name: string
  /** The top-level facts it can give, for lint and for conditions. */
  readonly gives: readonly string[]
  /** Tells whether it reads this command's output. */
  readonly recognises: (argv: CommandWords) => boolean
  /** Tells whether a text without a command looks like its output. */
  readonly recognisesText: (text: string) => boolean
  readonly parse: (input: ParserInput) => Parsed
  /** Without it, of several commands of the family in one line the first alone is read. */
  readonly divide?: Division
  /** Takes any text for its output (a list of file names), so it must not read what several commands printed together. */
  readonly takesAnyText?: true
  /** Reads messages that may stand in any output, besides the parser of the command. */
  readonly supplements?: true
}

/** The facts of one output and the parser that read it; `parser` is `undefined` where none recognised the command. */
export type DerivedFacts = {
  readonly parser: string | undefined
  readonly facts: Facts
  readonly lines: FactLines
  readonly diagnostics: readonly Diagnostic[]
}
