import { nearestWord } from '../../base/index.ts'
import type { AppBinding } from './app-binding.ts'
import type { Scope } from './binding.ts'
import { bindings as usualBindings } from './bindings.ts'
import { keyName } from './key-names.ts'
import { whereWords } from './present-keys.ts'
import { readKeyName } from './read-key-name.ts'
import { scopeChains } from './scopes-of.ts'

/** Why a key of the operator's own cannot be taken: of which action, and a sentence. */
export type OwnKeyProblem = { readonly id: string; readonly message: string }

/** The table of keys with the operator's own in it, and what could not be taken. */
export type OwnBindings = {
  readonly bindings: readonly AppBinding[]
  readonly problems: readonly OwnKeyProblem[]
}

type Table = readonly AppBinding[]

const chainsWith = (scope: Scope): readonly (readonly Scope[])[] =>
  scopeChains.filter(chain => chain.includes(scope))

const isTypedIn = (chain: readonly Scope[]): boolean => chain.includes('field') || chain.includes('approval')

const unknownAction = (id: string, table: Table): string => {
  const near = nearestWord(
    id,
    table.map(binding => binding.id),
  )
  return near === undefined
    ? `there is no action "${id}"; "runtree keys --json" lists them all`
    : `there is no action "${id}"; did you mean ${near}?`
}

/** The binding with this key in one of the scopes, other than the one that is asked about. */
const holderIn = (table: Table, scopes: readonly Scope[], { key, but }: { key: string; but: AppBinding }) =>
  table.find(other => other.id !== but.id && scopes.includes(other.scope) && other.keys.includes(key))

const clash = (table: Table, binding: AppBinding, key: string): string | undefined => {
  const { scope } = binding
  const twin = holderIn(table, [scope], { key, but: binding })
  if (twin !== undefined) return `${keyName(key)} is that of ${twin.id} ${whereWords[scope]}`
  const chains = chainsWith(scope)
  const safe = table.filter(({ fixed }) => fixed === 'for-safety')
  const hidden = holderIn(safe, chains.flat(), { key, but: binding })
  if (hidden !== undefined)
    return `${keyName(key)} stays that of ${hidden.id}, so that it does the same wherever it counts`
  if (chains.every(isTypedIn) && key.length === 1)
    return `${keyName(key)} types ${whereWords[scope]}; write a key that types nothing`
  const takers = chains.map(chain =>
    holderIn(table, chain.slice(0, chain.indexOf(scope)), { key, but: binding }),
  )
  const [taker] = takers
  return taker !== undefined && takers.every(found => found !== undefined)
    ? `${keyName(key)} would never get here: ${taker.id} has it ${whereWords[taker.scope]}`
    : undefined
}

const fixedWords = {
  'for-safety': 'keeps its keys, so that stopping, refusing and leaving are the same for everyone',
  'by-meaning': 'keeps its keys: each of them means something else',
} as const

type Own = { readonly id: string; readonly keys: readonly string[] }

/** The keys of an entry as bindings name them, or what is wrong with it by itself. */
const readOwn = ([id, written]: readonly [string, readonly string[]]): Own | OwnKeyProblem => {
  const binding = usualBindings.find(one => one.id === id)
  if (binding === undefined) return { id, message: unknownAction(id, usualBindings) }
  if (binding.fixed !== undefined) return { id, message: `${id} ${fixedWords[binding.fixed]}` }
  const read = written.map(readKeyName)
  const failed = read.find(one => !one.ok)
  if (failed?.ok === false) return { id, message: failed.error }
  return { id, keys: [...new Set(read.flatMap(one => (one.ok ? [one.value] : [])))] }
}

const withKeys = (binding: AppBinding, keys: readonly string[]): AppBinding => {
  // What stood for the program's keys in the footer says nothing of other ones.
  const { label: _, ...others } = binding
  return { ...others, keys }
}

/**
 * Puts keys of the operator's own in place of the program's, by action ids. A key that cannot be is told, and nothing is taken then:
 * an unknown action or key, one key for two actions of a scope, one that would stand before an approval, Ctrl-C or leaving.
 */
export const ownBindings = (own: ReadonlyMap<string, readonly string[]>): OwnBindings => {
  const read = [...own].map(readOwn)
  const changes = new Map(read.flatMap(one => ('keys' in one ? [[one.id, one.keys] as const] : [])))
  const table = usualBindings.map(binding => {
    const keys = changes.get(binding.id)
    return keys === undefined ? binding : withKeys(binding, keys)
  })
  const problems = read.flatMap((one): readonly OwnKeyProblem[] => {
    if (!('keys' in one)) return [one]
    const binding = table.find(({ id }) => id === one.id)
    const usual = usualBindings.find(({ id }) => id === one.id)?.keys ?? []
    const fresh = one.keys.filter(key => !usual.includes(key))
    const message = binding && fresh.map(key => clash(table, binding, key)).find(found => found !== undefined)
    return message === undefined ? [] : [{ id: one.id, message }]
  })
  return { bindings: problems.length > 0 ? usualBindings : table, problems }
}
