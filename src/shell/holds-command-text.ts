/** Tells whether a value holds a command substitution as text, which arithmetic or an array's index would run. */
export const holdsCommandText = (value: string | undefined): boolean =>
  value !== undefined && /\$\(|`/.test(value)
