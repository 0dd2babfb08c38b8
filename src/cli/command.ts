import type { LoadedSettings } from './load-settings.ts'
import type { Option } from './options.ts'

/** What the user wrote after a command's name, already checked against its options. */
export type Written = {
  readonly operands: readonly string[]
  readonly flags: ReadonlySet<string>
  readonly values: ReadonlyMap<string, readonly string[]>
}

/** What a command runs with: what was written, and the settings that hold then. */
export type Invocation = Written & { readonly settings: LoadedSettings }

/** Runs a command; gives its exit code. */
export type RunCommand = (written: Written) => Promise<number>

/** Runs a command for which settings count. */
export type RunWithSettings = (invocation: Invocation) => Promise<number>

/** A command of the program, with all that help says of it. Its code is loaded only when it is run. */
export type Command = {
  readonly name: string
  readonly about: string
  readonly usage: string
  readonly example: string
  readonly options: readonly Option[]
  readonly operands: { readonly least: number; readonly most: number }
  readonly load: () => Promise<RunCommand>
}

/** The last value given for an option. */
export const lastValue = (written: Written, name: string): string | undefined =>
  written.values.get(name)?.at(-1)
