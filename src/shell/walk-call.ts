import type { Field } from './field.ts'
import { findTool } from './find-tool.ts'
import { type Found, foundPlain } from './found.ts'
import { type CallQuestion, judgeCall } from './judge-call.ts'
import { forget, type Scope } from './scope.ts'
import type { Started, Tool } from './tool.ts'
import { walkScript } from './walk-script.ts'

const maxDepth = 12

/** The stages of a program with its words: what it starts in its place, or itself. */
export const walkCall = (words: readonly Field[], scope: Scope): readonly Found[] => {
  const [name, ...rest] = words
  if (name === undefined) return []
  if (name.text === undefined || name.globbed)
    return [foundPlain(name.source, 'unknown', 'which program this is cannot be told')]
  const tool = findTool(name.text)
  const argv0 = name.text.slice(name.text.lastIndexOf('/') + 1)
  if (tool === undefined) return [judgeStranger(name.text, scope)]
  return walkTool(tool, { argv0, words: rest, input: scope.input }, scope)
}

const judgeStranger = (name: string, scope: Scope): Found => {
  const sets = scope.functions.get(name)
  if (sets === undefined) return foundPlain(name, 'unknown', 'not a known program')
  forget(scope, sets)
  return foundPlain(name, 'read', 'a function of this line')
}

const walkTool = (tool: Tool, question: CallQuestion, scope: Scope): readonly Found[] => {
  const { starts, ...verdict } = judgeCall(tool, question)
  const own: Found = { argv0: question.argv0, ...verdict }
  if (starts.length === 0) return [own]
  const inner = starts.flatMap(started => walkStarted(started, scope))
  const shown = own.effect !== 'read' || own.interactive || own.follow
  return [...(shown ? [own] : []), ...inner]
}

/** The stages of a command that another one starts. It knows none of the line's functions. */
const walkStarted = (started: Started, scope: Scope): readonly Found[] => {
  if (scope.depth >= maxDepth) return [foundPlain('', 'unknown', 'too many commands inside one another')]
  const inside: Scope = { ...scope, functions: new Map(), depth: scope.depth + 1 }
  if (started.kind === 'script') return walkText(started, inside)
  const found = walkCall(started.words, inside)
  return started.bounded === true ? found.map(item => ({ ...item, follow: false })) : found
}

const walkText = (started: Extract<Started, { kind: 'script' }>, inside: Scope): readonly Found[] => {
  if (started.script !== undefined)
    return walkScript(
      started.script,
      started.sameShell === true ? inside : { ...inside, variables: new Map() },
    )
  if (started.sameShell === true) inside.variables.clear()
  return [foundPlain('', 'unknown', 'runs text that cannot be told')]
}
