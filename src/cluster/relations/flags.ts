/** The flags of a command line by name without dashes; `--a b` and `--a=b` alike, a bare one is `true`. Repeated ones: the last. */
export const flagsOf = (command: readonly string[]): Readonly<Record<string, string>> => {
  const flags: Record<string, string> = {}
  for (const [index, word] of command.entries()) {
    const read = /^--?([a-zA-Z][\w.-]*)(?:=([\s\S]*))?$/.exec(word)
    if (read === null) continue
    const next = command[index + 1]
    flags[read[1] ?? ''] = read[2] ?? (next !== undefined && !next.startsWith('-') ? next : 'true')
  }
  return flags
}
