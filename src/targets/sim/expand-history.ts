/** A line with its references to earlier ones filled in, or why that cannot be. */
export type Expanded = { readonly line: string; readonly isChanged: boolean } | { readonly problem: string }

// Single quotes and a backslash keep the mark; so does what has another meaning: $!, != and [!a].
const reference = /'[^']*'|\\!|(?<![$[{\w])!(!|\$|-?\d+|[A-Za-z][\w-]*)/g

const lookUp = (word: string, history: readonly string[]): string | undefined => {
  if (word === '!') return history.at(-1)
  if (word === '$') return history.at(-1)?.trim().split(/\s+/).at(-1)
  if (/^\d+$/.test(word)) return history[Number(word) - 1]
  if (/^-\d+$/.test(word)) return history.at(Number(word))
  return history.findLast(line => line.startsWith(word))
}

/** Fills in `!!`, `!$`, `!12`, `!-2` and `!word` from the lines before, oldest first, as bash does for a person. */
export const expandHistory = (line: string, history: readonly string[]): Expanded => {
  let missing: string | undefined
  const filled = line.replace(reference, (whole: string, word: string | undefined) => {
    if (word === undefined) return whole
    const found = lookUp(word, history)
    if (found === undefined) missing ??= whole
    return found ?? whole
  })
  return missing === undefined
    ? { line: filled, isChanged: filled !== line }
    : { problem: `bash: ${missing}: event not found` }
}
