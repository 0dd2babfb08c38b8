/**
 * One argument as the shell will pass it. `text` is its value where it can be told; otherwise `undefined`, and `prefix` is the beginning that is known.
 * `source` is how it stands in the line. `globbed` marks an unquoted pattern, which a program's name must not be.
 */
export type Field = {
  readonly text: string | undefined
  readonly prefix: string
  readonly source: string
  readonly globbed: boolean
}

/** A field whose value is known. */
export const literal = (text: string): Field => ({ text, prefix: text, source: text, globbed: false })

/** A field of which nothing is known, such as what xargs reads from its input. */
export const unresolved = (source: string): Field => ({ text: undefined, prefix: '', source, globbed: false })

/** Joins fields with blanks as `eval` and ssh do; `undefined` when any is unresolved. */
export const joinFields = (fields: readonly Field[]): string | undefined =>
  fields.every(field => field.text !== undefined) ? fields.map(field => field.text).join(' ') : undefined
