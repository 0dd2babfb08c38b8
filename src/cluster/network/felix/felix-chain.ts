import { sha224, sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { base64urlnopad } from '@scure/base'
import { remembering } from '../../kube/remember.ts'
import type { FirewallChain, FirewallRule } from '../../world/network.ts'
import { ruleOf } from '../firewall-rule.ts'
import type { FelixRule } from './felix-rule.ts'

/** A chain with the rules that Felix wants in it. */
export type FelixChain = { readonly name: string; readonly rules: readonly FelixRule[] }

const HASH_LETTERS = 16
const MOST_LETTERS = 28

/** A name by its beginning and what stands for the rest of it: a hash where iptables would not take it whole. */
export const limitedName = (beginning: string, rest: string, most = MOST_LETTERS): string => {
  if (beginning.length + rest.length <= most) return `${beginning}${rest}`
  const hash = base64urlnopad.encode(sha256(utf8ToBytes(rest)))
  return `${beginning}_${hash.slice(0, most - 1 - beginning.length)}`
}

/** The name of a set by what it holds. */
export const hashedName = (kind: string, content: string): string =>
  `${kind}:${base64urlnopad.encode(sha224(utf8ToBytes(content)))}`

const commentOf = (text: string): string => `-m comment --comment "${text}"`

const words = (parts: readonly string[]): string => parts.filter(part => part !== '').join(' ')

const toldText = ({ when = [], does, comments = [] }: FelixRule): string =>
  words([...comments.map(commentOf), ...when.map(({ told }) => told), does.told])

// Each rule's hash goes on from that of the one before, so that its place counts.
const hashesOf = remembering((text): readonly string[] => {
  const [name = '', ...rules] = text.split('\n')
  let hash = sha224(utf8ToBytes(name))
  return rules.map(rule => {
    const line = utf8ToBytes(words([`-A ${name} HASH`, rule]))
    hash = sha224(new Uint8Array([...hash, ...line]))
    return base64urlnopad.encode(hash).slice(0, HASH_LETTERS)
  })
})

const heldRule = ({ when = [], does, comments = [] }: FelixRule, hash: string): FirewallRule => ({
  ...ruleOf(Object.assign({}, ...when.map(({ held }) => held), does.held)),
  matches: words([
    ...[`cali:${hash}`, ...comments].map(commentOf),
    ...when.map(({ held }) => held.matches ?? ''),
  ]),
})

/** The rules of a chain with the hashes by which Felix knows them again. */
export const heldRules = ({ name, rules }: FelixChain): FirewallRule[] => {
  const hashes = hashesOf([name, ...rules.map(toldText)].join('\n'))
  return rules.map((rule, at) => heldRule(rule, hashes[at] ?? ''))
}

/** The chain as the kernel has it. */
export const heldChain = (chain: FelixChain): FirewallChain => ({
  name: chain.name,
  policy: undefined,
  packets: 0,
  bytes: 0,
  rules: heldRules(chain),
})
