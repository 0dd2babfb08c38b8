import { forEachChild, type ParsedScript, parse, type SyntaxNode } from 'unbash'
import { hidePlaceholders } from './hide-placeholders.ts'

/** The syntax tree of a shell text and what is wrong with it; `problems` is empty for text that bash would accept. */
export type ShellScript = { readonly script: ParsedScript; readonly problems: readonly string[] }

const maxDepth = 500

/**
 * Parses a bash text of any number of lines, `<pod-name>` and the like taken as plain words. Never throws: broken text gives the tree as far as it goes, with
 * the problems of the text and of every substitution in it. Text nested beyond reason gives an empty tree and says so.
 */
export const parseShell = (line: string): ShellScript => {
  const script = parse(hidePlaceholders(line))
  const problems = listProblems(script)
  return problems.includes(tooDeep) ? { script: parse(''), problems } : { script, problems }
}

const tooDeep = 'nested too deeply'

const listProblems = (script: ParsedScript): readonly string[] => {
  const problems: string[] = []
  const look = (node: SyntaxNode, depth: number): void => {
    if (depth > maxDepth) problems.push(tooDeep)
    else {
      if (node.type === 'Script' && 'errors' in node)
        problems.push(...(node.errors ?? []).map(error => error.message))
      forEachChild(node, child => look(child, depth + 1))
    }
  }
  look(script, 0)
  return problems
}
