import type { FirewallChain, FirewallRule } from '../../world/network.ts'
import type { WantedTable } from './felix-tables.ts'

const HASH = /--comment "cali:/

/** Whether a rule is one of Felix's: it knows them by its hashes. */
const isOwn = ({ matches }: FirewallRule): boolean => HASH.test(matches)

// The hash stands for the whole rule, for its place, and for those before it.
const hasSame = (a: readonly FirewallRule[], b: readonly FirewallRule[]): boolean =>
  a.length === b.length &&
  a.every(({ matches, target }, at) => matches === b[at]?.matches && target === b[at]?.target)

/** The rules wanted, each as it is where it has been before: with what it has counted. */
const withCounts = (wanted: readonly FirewallRule[], before: readonly FirewallRule[]): FirewallRule[] =>
  wanted.map(rule => before.find(({ matches }) => matches === rule.matches) ?? { ...rule })

const kernelChain = (chain: FirewallChain, { first, last, isBehind }: WantedTable): FirewallChain => {
  const begin = first.get(chain.name) ?? []
  const end = last.get(chain.name) ?? []
  if (begin.length + end.length === 0) return chain
  const others = chain.rules.filter(rule => !isOwn(rule))
  const own = withCounts(begin, chain.rules)
  const rules = [...(isBehind ? [...others, ...own] : [...own, ...others]), ...withCounts(end, chain.rules)]
  return hasSame(rules, chain.rules) ? chain : { ...chain, rules }
}

/** A table with what Felix wants in it: its chains as they should be and no others of its kind, its rules first and last in the kernel's. */
export const keepTable = (before: readonly FirewallChain[], wanted: WantedTable): FirewallChain[] => {
  const known = new Map(before.map(chain => [chain.name, chain]))
  const own = wanted.own.map(chain => {
    const there = known.get(chain.name)
    if (there === undefined || there.policy !== undefined) return chain
    return hasSame(there.rules, chain.rules)
      ? there
      : { ...chain, rules: withCounts(chain.rules, there.rules) }
  })
  return [
    ...before.filter(({ name }) => !name.startsWith('cali-')).map(chain => kernelChain(chain, wanted)),
    ...own,
  ]
}
