/** A command of nft by its words, with braces as words of their own. */
export type NftCommand = readonly string[]

const families = new Set(['ip', 'ip6', 'inet', 'arp', 'bridge', 'netdev'])

/** The words of a command behind its object, with the family that stands for none. */
export const withFamily = (words: NftCommand): NftCommand =>
  families.has(words[0] ?? '') ? words : ['ip', ...words]

/** Splits words where a line or a statement ends, but not between braces. */
const split = (words: NftCommand): readonly NftCommand[] => {
  const commands: string[][] = [[]]
  let depth = 0
  for (const word of words) {
    if (word === '{') depth += 1
    if (word === '}') depth -= 1
    if (depth === 0 && (word === ';' || word === '\n')) commands.push([])
    else commands.at(-1)?.push(word)
  }
  return commands.filter(command => command.length > 0)
}

/** What stands before a block, and the statements in it; `undefined` where there is no block. */
const blockOf = (
  words: NftCommand,
): { readonly head: NftCommand; readonly statements: readonly NftCommand[] } | undefined => {
  const from = words.indexOf('{')
  return from === -1
    ? undefined
    : { head: words.slice(0, from), statements: split(words.slice(from + 1, words.lastIndexOf('}'))) }
}

const isOfChain = ([first = '']: NftCommand): boolean => first === 'type' || first === 'policy'

/** A chain with all that stands in its block: one command that makes it, and one for each rule. */
const expandChain = (table: NftCommand, words: NftCommand): readonly NftCommand[] => {
  const { head, statements } = blockOf(words) ?? { head: words, statements: [] }
  const name = [...table, ...head.slice(0, 1)]
  const settings = statements.filter(isOfChain).flat()
  return [
    ['add', 'chain', ...name, ...(settings.length === 0 ? [] : ['{', ...settings, '}'])],
    ...statements.filter(statement => !isOfChain(statement)).map(rule => ['add', 'rule', ...name, ...rule]),
  ]
}

const expand = (command: NftCommand): readonly NftCommand[] => {
  const [verb = '', what = '', ...rest] = /^(table|chain|rule)$/.test(command[0] ?? '')
    ? ['add', ...command]
    : command
  const words = withFamily(rest)
  if (!/^(add|create)$/.test(verb)) return [command]
  if (what === 'chain') return expandChain(words.slice(0, 2), words.slice(2))
  const block = what === 'table' ? blockOf(words) : undefined
  if (block === undefined) return [[verb, what, ...rest]]
  return [
    [verb, what, ...block.head],
    ...block.statements.flatMap(([kind, ...inner]) =>
      kind === 'chain' ? expandChain(block.head, inner) : [],
    ),
  ]
}

/** The commands of a text for nft, as on its command line or in a file of rules: blocks become commands that say the same. */
export const readNftCommands = (text: string): readonly NftCommand[] =>
  split(text.replace(/^\s*#.*$/gm, '').match(/[{};\n]|"[^"]*"|[^\s{};]+/g) ?? []).flatMap(expand)
