import type { CommandNode, CompoundCommand, CompoundList, For, Function as ShellFunction, Word } from 'unbash'
import { expandWord } from './expand-word.ts'
import type { Field } from './field.ts'
import { type Found, foundPlain } from './found.ts'
import { listAssigned } from './list-assigned.ts'
import { isLoaderVariable } from './loader-variables.ts'
import { copyScope, forget, forgetAssigned, type Scope } from './scope.ts'
import { walkExpansions } from './walk-expansions.ts'
import { inputOf, walkRedirects } from './walk-redirects.ts'

const maxTurns = 64

/** The stages of everything that holds other commands: groups, loops, conditions, functions, tests. */
export const walkCompound = (
  node: Exclude<CommandNode, { type: 'Command' }>,
  scope: Scope,
): readonly Found[] => {
  switch (node.type) {
    case 'Redirected': {
      const inner = scope.walk(node.command, { ...scope, input: inputOf(node.redirects, scope) })
      return [
        ...node.redirects.flatMap(part => walkExpansions(part, scope)),
        ...inner,
        ...walkRedirects(node.redirects, scope),
      ]
    }
    case 'Function':
      return walkFunction(node, scope)
    case 'Coproc':
      forgetAssigned(scope, node)
      return scope.walk(node.body, copyScope(scope))
    default:
      return walkBlock(node, scope)
  }
}

const walkBlock = (node: CompoundCommand, scope: Scope): readonly Found[] => {
  switch (node.type) {
    case 'Subshell':
      return walkList(node.body, copyScope(scope))
    case 'BraceGroup':
      return walkList(node.body, scope)
    case 'For':
      return walkFor(node, scope)
    case 'TestCommand':
    case 'ArithmeticCommand':
      return walkExpansions(node, scope)
    case 'While':
      return walkWhile(node, scope)
    default:
      return walkBranches(node, scope)
  }
}

const walkList = (list: CompoundList, scope: Scope): readonly Found[] => scope.walk(list, scope)

/** A list whose variables are unknown before and after, because it may run never, once or many times. */
const walkRepeated = (list: CompoundList, scope: Scope): readonly Found[] => {
  forgetAssigned(scope, list)
  const found = walkList(list, copyScope(scope))
  forgetAssigned(scope, list)
  return found
}

/** A loop over words that are known is walked once for each of them, unless loops around it make that too many. */
const walkFor = (node: For, scope: Scope): readonly Found[] => {
  const words = node.wordlist ?? []
  const nested = words.flatMap(word => walkExpansions(word, scope))
  const values = expandAll(words, scope)
  forgetAssigned(scope, node)
  const turns = values?.map(value => {
    const turn = { ...copyScope(scope), turns: scope.turns * values.length }
    turn.variables.set(node.name.value, value)
    return walkList(node.body, turn)
  })
  return [
    ...nested,
    ...judgeLoopName(node.name.value),
    ...dropRepeats(turns?.flat() ?? walkList(node.body, beginTurn(node, scope))),
  ]
}

/** A turn over words that cannot be told, of which it may be known how all of them begin: `/etc/` of `/etc/*.conf`. */
const beginTurn = (node: For, scope: Scope): Scope => {
  const turn = copyScope(scope)
  const fields = (node.wordlist ?? []).flatMap(word => expandWord(word, scope.variables))
  const begins = fields.map(field => /^[^*?[]*/.exec(field.prefix)?.[0] ?? '')
  if (begins.length > 0 && begins.every(text => /^[./\w]/.test(text)))
    turn.variables.set(node.name.value, { begins: begins[0]?.[0] ?? '' })
  return turn
}

const judgeLoopName = (name: string): readonly Found[] =>
  isLoaderVariable(name, undefined)
    ? [foundPlain(`${name}=`, 'unknown', `${name} decides what other programs run`)]
    : []

const expandAll = (words: readonly Word[], scope: Scope): readonly string[] | undefined => {
  const fields: readonly Field[] = words.flatMap(word => expandWord(word, scope.variables))
  const texts = fields.flatMap(field => (field.text === undefined || field.globbed ? [] : [field.text]))
  return texts.length === fields.length && texts.length > 0 && texts.length * scope.turns <= maxTurns
    ? texts
    : undefined
}

const dropRepeats = (found: readonly Found[]): readonly Found[] => {
  const seen = new Set<string>()
  return found.filter(item => {
    const key = `${item.argv0} ${item.effect} ${item.because} ${item.interactive} ${item.follow}`
    return !seen.has(key) && seen.add(key)
  })
}

const endless = /^\s*(?:true|:|false|\[\s+1\s+\])\s*;?\s*$/

const walkWhile = (node: Extract<CompoundCommand, { type: 'While' }>, scope: Scope): readonly Found[] => {
  const found = [...walkRepeated(node.clause, scope), ...walkRepeated(node.body, scope)]
  const clause = found[0]?.argv0 ?? ''
  const never = node.clause.commands.length === 1 && endless.test(clause)
  return never
    ? [...found, { ...foundPlain(node.kind, 'read', 'a loop without an end'), follow: true }]
    : found
}

/** `if`, `case`, `select`, counting loops: every list that they hold may run. */
const walkBranches = (
  node: Extract<CompoundCommand, { type: 'If' | 'Case' | 'Select' | 'ArithmeticFor' }>,
  scope: Scope,
): readonly Found[] => {
  switch (node.type) {
    case 'If':
      return [
        node.clause,
        node.then,
        ...node.elif.flatMap(arm => [arm.clause, arm.then]),
        ...(node.else ? [node.else] : []),
      ].flatMap(list => walkRepeated(list, scope))
    case 'Case':
      return [
        ...walkExpansions(node.word, scope),
        ...node.items.flatMap(item => [
          ...item.pattern.flatMap(word => walkExpansions(word, scope)),
          ...walkRepeated(item.body, scope),
        ]),
      ]
    case 'Select':
      scope.variables.delete(node.name.value)
      return [
        { ...foundPlain('select', 'read', 'asks for a choice'), interactive: true },
        ...(node.wordlist ?? []).flatMap(word => walkExpansions(word, scope)),
        ...walkRepeated(node.body, scope),
      ]
    case 'ArithmeticFor':
      return [
        ...[node.initialize, node.test, node.update].flatMap(part =>
          part ? walkExpansions(part, scope) : [],
        ),
        ...walkRepeated(node.body, scope),
      ]
  }
}

/**
 * A function's body counts where it is defined; nothing is known of its variables, since it may be called from anywhere. One that calls
 * itself may never end.
 */
const walkFunction = (node: ShellFunction, scope: Scope): readonly Found[] => {
  const name = node.name.value
  const sets = listAssigned(node)
  scope.functions.set(name, sets)
  forget(scope, sets)
  const inner: Scope = { ...copyScope(scope), variables: new Map() }
  const found = scope.walk(node.body, inner)
  return found.some(stage => stage.argv0 === name)
    ? [...found, foundPlain(name, 'unknown', 'a function that calls itself')]
    : found
}
