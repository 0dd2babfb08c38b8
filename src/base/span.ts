/** A place in a source text. Lines and columns count from 1, columns in UTF-16 units. */
export type Position = { readonly line: number; readonly column: number }

/** A stretch of a source text; `end` is exclusive. */
export type Span = { readonly start: Position; readonly end: Position }
