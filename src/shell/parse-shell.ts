import { forEachChild, type ParsedScript, parse, type SyntaxNode } from 'unbash'
import { hidePlaceholders } from './hide-placeholders.ts'

/** The syntax tree of a shell text and what is wrong with it; `problems` is empty for text that bash would accept. */
export type ShellScript = { readonly script: ParsedScript; readonly problems: readonly string[] }

/**
 * Parses a bash text of any number of lines, `<pod-name>` and the like taken as plain words. Never throws: broken text gives the tree as far as it goes, with
 * the problems of the text and of every substitution in it.
 */
export const parseShell = (line: string): ShellScript => {
  const script = parse(hidePlaceholders(line))
  return { script, problems: listProblems(script) }
}

const listProblems = (node: SyntaxNode): readonly string[] => {
  const own =
    node.type === 'Script' && 'errors' in node ? (node.errors ?? []).map(error => error.message) : []
  const nested: string[] = []
  forEachChild(node, child => nested.push(...listProblems(child)))
  return [...own, ...nested]
}
