import type { Result, YamlPath } from '../base/index.ts'

/** A part of a written value, from the value inwards. */
export type ValuePath = YamlPath

/** What is wrong in a value, and in which part of it. */
export type ValueProblem = { readonly path: ValuePath; readonly message: string }

/** What values a setting takes. */
export type Kind<T> = {
  /** What a value is, in a few words for people. */
  readonly takes: string
  /** Reads a value as the file holds it; every problem is given. Never throws. */
  readonly read: (written: unknown) => Result<T, readonly ValueProblem[]>
  /** The value as one would write it in the file, on one line. */
  readonly show: (value: T) => string
  /** How an environment variable's text is understood: as it stands, or as YAML. */
  readonly text: 'plain' | 'yaml'
  /** JSON Schema of the values. */
  readonly schema: Readonly<Record<string, unknown>>
}

/** One problem with the whole value. */
export const wrong = (message: string): readonly ValueProblem[] => [{ path: [], message }]
