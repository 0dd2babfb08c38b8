import type { Command, SimpleCommand, Statement } from './script.ts'

type Word = SimpleCommand['args'][number]
type Part = Word['parts'][number]

const literal = (value: string): Part => ({ type: 'Literal', value })

/** A pattern with a slash at its end, without that slash; `undefined` for any other word. */
const patternOf = ({ parts }: Word): Word | undefined => {
  const last = parts.at(-1)
  if (last?.type !== 'Literal' || !last.value.endsWith('/')) return undefined
  if (!parts.some(({ type }) => type === 'Glob') || parts.some(({ type }) => type === 'BraceExpansion'))
    return undefined
  const rest = last.value.slice(0, -1)
  return { type: 'Word', parts: [...parts.slice(0, -1), ...(rest === '' ? [] : [literal(rest)])] }
}

/** The same word as text that finds nothing. */
const asText = ({ parts }: Word): Word => ({
  type: 'Word',
  parts: parts.map(part => (part.type === 'Glob' ? { type: 'SingleQuoted', value: part.pattern } : part)),
})

/** What is to be said before a command of the words that it gets, and these words. */
export type FolderWords = { readonly before: readonly Statement[]; readonly words: readonly Word[] }

/** How the shell is asked which of the names that the words find are of folders, and where it keeps them. */
export type FolderDesk = {
  readonly ask: (variable: string, words: readonly Word[]) => readonly Statement[]
  readonly kept: (variable: string) => Word
}

/** Words among which patterns with a slash at their end find folders alone: the interpreter would take the slash off. */
export const withFolders = (words: readonly Word[], { ask, kept }: FolderDesk): FolderWords => {
  const before: Statement[] = []
  const done = words.map((word, at) => {
    const pattern = patternOf(word)
    if (pattern === undefined) return word
    const variable = `__folders${at}`
    before.push(...ask(variable, [asText(word), pattern]))
    return kept(variable)
  })
  return { before, words: before.length === 0 ? words : done }
}

/** A command whose words are changed, with what comes before it. */
export const behind = ({ before }: FolderWords, command: Command): Command => {
  if (before.length === 0) return command
  const last: Statement = {
    type: 'Statement',
    pipelines: [{ type: 'Pipeline', commands: [command], negated: false }],
    operators: [],
    background: false,
  }
  return { type: 'Group', body: [...before, last], redirections: [] }
}
