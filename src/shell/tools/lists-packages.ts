/** Tells whether a call of a package manager only lists. Options that may hide a command or an installation count against it. */
export const listsPackages = (tool: string, words: readonly string[]): boolean => {
  const [first = ''] = words.filter(word => !word.startsWith('-') || /^-[lLsSqWV]/.test(word))
  if (
    words.some(
      word =>
        /^(?:--?(?:exec|hooks?|e(?:val)?|E|i|U|F|e|install|erase|import|root|o|c))$|^-o|^-[a-zA-Z]*[iUFe]/.test(
          word,
        ) && !/^-q/.test(word),
    )
  )
    return false
  if (tool === 'dpkg')
    return /^(?:-[lLsSWpV]|--(?:list|listfiles|status|search|get-selections|print-avail|verify|version|audit))$/.test(
      first,
    )
  if (tool === 'rpm') return /^-(?:q[a-zA-Z]*|V[a-zA-Z]*)$/.test(words[0] ?? '')
  return (
    /^(?:list|show|search|info|policy|freeze|ls|view|outdated|repolist|provides|check-update|version)$/.test(
      first,
    ) && !words.includes('--upgrade')
  )
}
