const lists: Readonly<Record<string, RegExp>> = {
  dpkg: /^(?:-[lLsSpVC]|--(?:list|listfiles|status|search|get-selections|print-avail|verify|version|audit))$/,
  rpm: /^(?:-q[ailRcdpf]*|-V[a]*|--version)$/,
}
const verbs =
  /^(?:list|show|search|info|policy|freeze|ls|view|outdated|repolist|provides|check-update|version)$/

/** Long options behind the verb that only filter or shape a list. */
const harmless =
  /^--(?:installed|upgradable|all-versions|all|last|list|changelog|requires|provides|format=\S+|quiet|json|depth=\d+)$/

/** Tells whether a call of a package manager only lists: its verb comes first, and behind it stand names and what shapes a list. */
export const listsPackages = (tool: string, words: readonly string[]): boolean => {
  const [verb = '', ...rest] = words
  return (lists[tool] ?? verbs).test(verb) && rest.every(word => !word.startsWith('-') || harmless.test(word))
}
