/**
 * When a branch holds, as written in front of its arrow.
 * `cause` names a cause or a layer (any cause of it); `fact` is a CEL expression over facts, `exit`, `timedOut`, `output` and `lines`;
 * `text` looks for a regular expression or a literal in the output; `otherwise` holds when none before it does; `choice` is a person's.
 */
export type Condition =
  | { readonly kind: 'cause'; readonly id: string }
  | { readonly kind: 'fact'; readonly expression: string }
  | { readonly kind: 'text'; readonly pattern: TextPattern }
  | { readonly kind: 'otherwise' }
  | { readonly kind: 'choice' }

/** What to look for in a line: a literal (compared without case) or the source of a regular expression with its flags. */
export type TextPattern =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'regex'; readonly source: string; readonly flags: string }
