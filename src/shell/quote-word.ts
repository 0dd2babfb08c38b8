/**
 * Writes a value as one word of a POSIX shell, whatever it holds: blanks, quotes, newlines, `;`, `$(…)`. Words that need no quotes stay as they are.
 * A NUL cannot stand in a shell word and is left out.
 */
export const quoteWord = (value: string): string => {
  const text = value.replaceAll('\0', '')
  return /^[\w@%+:,./-]+$/.test(text) && !text.startsWith('-') ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
