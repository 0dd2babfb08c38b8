const lists: Readonly<Record<string, RegExp>> = {
  dpkg: /^(?:-[lLsSpVC]|--(?:list|listfiles|status|search|get-selections|print-avail|verify|version|audit))$/,
  rpm: /^(?:-q[ailRcdpf]*|-V[a]*|--version)$/,
}
const verbs =
  /^(?:list|show|search|se|info|if|policy|freeze|ls|view|outdated|repolist|repos|lr|provides|whatprovides|check-update|list-updates|lu|version|services|changes|connections|repoquery|deplist)$/

/** Long options behind the verb that only filter or shape a list. */
const harmless =
  /^--(?:installed|upgradable|all-versions|all|last|list|changelog|requires|provides|format=\S+|quiet|json|depth=\d+|queryformat|qf)$/

/** Tells whether a call of a package manager only lists: its verb comes first, and behind it stand names and what shapes a list. */
export const listsPackages = (tool: string, words: readonly string[]): boolean => {
  const [verb = '', ...rest] = words
  if (verb === 'history')
    return (
      rest.length === 0 ||
      (/^(?:list|info|summary)$/.test(rest[0] ?? '') && rest.every(word => !word.startsWith('-')))
    )
  return (lists[tool] ?? verbs).test(verb) && rest.every(word => !word.startsWith('-') || harmless.test(word))
}
