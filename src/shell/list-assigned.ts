import { type Command, forEachChild, type SyntaxNode } from 'unbash'

/** Names of variables that a piece of syntax may set; `everything` when it runs text of its own in the same shell. */
export type Assigned = { readonly names: readonly string[]; readonly everything: boolean }

const setters = new Set(
  'read mapfile readarray getopts printf declare typeset local export readonly unset let wait coproc'.split(
    ' ',
  ),
)
const runners = new Set(['eval', 'source', '.', 'trap', 'set'])

/** The variables that a piece of syntax may set anywhere inside. */
export const listAssigned = (node: SyntaxNode): Assigned => {
  const found = [namedBy(node)]
  forEachChild(node, child => found.push(listAssigned(child)))
  return { names: found.flatMap(item => item.names), everything: found.some(item => item.everything) }
}

const named = (...names: readonly string[]): Assigned => ({ names, everything: false })

const namedBy = (node: SyntaxNode): Assigned => {
  switch (node.type) {
    case 'Assignment':
      return named(node.name)
    case 'For':
    case 'Select':
      return named(node.name.value)
    case 'Coproc':
      return named(node.name?.value ?? 'COPROC')
    case 'ParameterExpansion':
      return node.operation?.type === 'Default' && node.operation.operator.endsWith('=')
        ? named(node.parameter)
        : named()
    case 'Command':
      return listSetByBuiltin(node)
    default:
      return named()
  }
}

/** The name that a word begins with; of `-vX` every ending, since the letters in front may be options. */
const namesIn = (word: string): readonly string[] =>
  word.startsWith('-')
    ? [...word].map((_, at) => word.slice(at + 1)).filter(text => /^[A-Za-z_]\w*$/.test(text))
    : (/^[A-Za-z_]\w*/.exec(word) ?? [])

/** What builtins such as `read x` set by name, also behind `builtin` or `command`. */
export const listSetByBuiltin = (command: Command): Assigned => {
  const words = [command.name, ...command.args].flatMap(arg => (arg?.type === 'Word' ? [arg.value] : []))
  if (!words.some(word => setters.has(word)))
    return { names: [], everything: words.some(word => runners.has(word)) }
  return named(...words.flatMap(namesIn))
}
