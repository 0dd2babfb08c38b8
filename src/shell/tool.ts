import type { Field } from './field.ts'
import type { EffectKind } from './types.ts'

/** What an option, an operand or a subcommand adds to a call. */
export type Impact = {
  readonly effect?: EffectKind
  readonly because?: string
  readonly interactive?: boolean
  readonly follow?: boolean
  /** Effect `read` holds whatever stands beside it, as with a dry run. */
  readonly always?: boolean
}

/** Where a command's standard input comes from; `text` is a heredoc or here-string whose words are known. */
export type Input =
  | { readonly kind: 'inherited' }
  | { readonly kind: 'redirected' }
  | { readonly kind: 'text'; readonly text: string }

/** An option as used: long names keep their dashes, clustered letters are taken apart. */
export type OptionUse = { readonly name: string; readonly value: Field | undefined }

/** A call of a tool, its words sorted. `rest` are those operands that stand behind `--`, `undefined` without one. */
export type Call = {
  readonly argv0: string
  readonly words: readonly Field[]
  readonly options: readonly OptionUse[]
  readonly operands: readonly Field[]
  readonly rest: readonly Field[] | undefined
  readonly input: Input
}

/**
 * A command that a tool starts: words, or shell text (`undefined` when it cannot be told). `bounded` ends what would not end by itself;
 * `sameShell` text sees and sets the variables of the line, as with `eval`.
 */
export type Started =
  | { readonly kind: 'words'; readonly words: readonly Field[]; readonly bounded?: boolean }
  | { readonly kind: 'script'; readonly script: string | undefined; readonly sameShell?: boolean }

/**
 * What is known of a tool or of one of its subcommands. Names in keys and lists stand apart by blanks.
 * An option rule with effect `read` replaces the tool's own effect, as long as the table lists every option of the call; any other raises it;
 * `interactive: false` and `follow: false` win over `true`.
 */
export type Tool = {
  readonly effect: EffectKind
  readonly because: string
  readonly interactive?: boolean
  readonly follow?: boolean
  /** `-abc` is one option named so, not three letters. */
  readonly wordOptions?: boolean
  /** An option that the table does not list makes the call unknown, because it may take the next word. */
  readonly onlyListed?: boolean
  /** Options end at the first operand. */
  readonly optionsFirst?: boolean
  /** Options that take their value from the next word. */
  readonly valued?: string
  /** Letters whose value, if any, is the rest of their word. */
  readonly attached?: string
  /** Options without a value; needed before a subcommand, where an unlisted option makes the call unknown. */
  readonly flags?: string
  readonly options?: Readonly<Record<string, Impact>>
  readonly subcommands?: Readonly<Record<string, Tool>>
  /** The effect without any subcommand; by default unknown. */
  readonly bare?: Impact
  /** Looks closer at a call; what it gives is added like an option rule. */
  readonly judge?: (call: Call) => Impact | undefined
  /** The commands that the call starts. Where it gives any, the tool itself is only shown when it does more than start them. */
  readonly starts?: (call: Call) => readonly Started[]
  /** Known by this name in any directory, also a relative one. */
  readonly anywhere?: boolean
  /** An operand that cannot be resolved may be taken for no option. */
  readonly plainOperands?: boolean
}

/** Tools by name; keys hold several names apart by blanks. */
export type Tools = Readonly<Record<string, Tool>>

type More = Omit<Partial<Tool>, 'effect' | 'because'>

/** A tool that only looks. */
export const read = (because: string, more: More = {}): Tool => ({ effect: 'read', because, ...more })

/** A tool that alters something that can be altered back. */
export const change = (because: string, more: More = {}): Tool => ({ effect: 'change', because, ...more })

/** A tool that loses data, rules, evidence or a whole service. */
export const destructive = (because: string, more: More = {}): Tool => ({
  effect: 'destructive',
  because,
  ...more,
})

/** A tool whose effect depends on something that is not in the line. */
export const unknown = (because: string, more: More = {}): Tool => ({ effect: 'unknown', because, ...more })

/** What an option or operand adds that alters something. */
export const changes = (because: string): Impact => ({ effect: 'change', because })

/** What an option or operand adds that loses something. */
export const destroys = (because: string): Impact => ({ effect: 'destructive', because })

/** What an option or operand makes impossible to tell. */
export const doubts = (because: string): Impact => ({ effect: 'unknown', because })
