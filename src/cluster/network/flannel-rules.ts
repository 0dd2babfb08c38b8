import type { FirewallChain, FirewallRule } from '../world/network.ts'
import { chain, comment, ruleOf } from './firewall-rule.ts'

/** The network of all pods and that of a node's own, as flannel knows them. */
export type FlannelNetworks = { readonly all: string; readonly own: string }

/** What flannel keeps in one table: chains of its own, and rules in the kernel's. */
export type FlannelRules = {
  readonly chains: readonly FirewallChain[]
  readonly within: Readonly<Record<string, readonly FirewallRule[]>>
}

const MULTICAST = '224.0.0.0/4'

/** Pods are hidden from the world, not from each other; what comes from outside to a node's own pods stays as it came. */
const masquerading = (
  { all, own }: FlannelNetworks,
  more: Partial<FirewallRule>,
  options: string,
): readonly FirewallRule[] => {
  const hide = { ...more, target: 'MASQUERADE', targetOptions: options }
  return [
    ruleOf({ ...more, source: `! ${all}`, destination: own, target: 'RETURN' }),
    ruleOf({ ...hide, source: all, destination: `! ${MULTICAST}` }),
    ruleOf({ ...hide, source: `! ${all}`, destination: all }),
  ]
}

const newer = (networks: FlannelNetworks): Readonly<Record<'filter' | 'nat', FlannelRules>> => {
  const { all, own } = networks
  const hiding = { matches: comment('flanneld masq') }
  const passing = { matches: comment('flanneld forward') }
  const untouched = { ...hiding, target: 'RETURN' }
  return {
    filter: {
      chains: [
        chain('FLANNEL-FWD', [
          ruleOf({ ...passing, source: all, target: 'ACCEPT' }),
          ruleOf({ ...passing, destination: all, target: 'ACCEPT' }),
        ]),
      ],
      within: { FORWARD: [ruleOf({ ...passing, target: 'FLANNEL-FWD' })] },
    },
    nat: {
      chains: [
        chain('FLANNEL-POSTRTG', [
          ruleOf({
            matches: `-m mark --mark 0x4000/0x4000 ${comment('flanneld masq')}`,
            target: 'RETURN',
          }),
          ruleOf({ ...untouched, source: own, destination: all }),
          ruleOf({ ...untouched, source: all, destination: own }),
          ...masquerading(networks, hiding, '--random-fully'),
        ]),
      ],
      within: { POSTROUTING: [ruleOf({ ...hiding, target: 'FLANNEL-POSTRTG' })] },
    },
  }
}

const older = (networks: FlannelNetworks): Readonly<Record<'filter' | 'nat', FlannelRules>> => {
  const { all } = networks
  const [own, ...hidden] = masquerading(networks, {}, '')
  return {
    filter: {
      chains: [],
      within: {
        FORWARD: [ruleOf({ source: all, target: 'ACCEPT' }), ruleOf({ destination: all, target: 'ACCEPT' })],
      },
    },
    nat: {
      chains: [],
      within: {
        POSTROUTING: [
          ruleOf({ source: all, destination: all, target: 'RETURN' }),
          ...(own === undefined ? [] : [hidden[0], own, hidden[1]]).flatMap(rule => rule ?? []),
        ],
      },
    },
  }
}

/** What flannel writes by itself: in chains of its own, or before those were there among the kernel's. */
export const flannelRules = { newer, older }

/** Whether two rules ask the same and do the same. */
const isSame = (a: FirewallRule, b: FirewallRule): boolean =>
  a.target === b.target &&
  a.targetOptions === b.targetOptions &&
  a.source === b.source &&
  a.destination === b.destination &&
  a.matches === b.matches

const hasAll = (rules: readonly FirewallRule[] | undefined, wanted: readonly FirewallRule[]): boolean =>
  rules !== undefined && wanted.every(rule => rules.some(one => isSame(one, rule)))

/** Whether a table has all of it. */
export const hasFlannelRules = (
  table: readonly FirewallChain[],
  { chains, within }: FlannelRules,
): boolean => {
  const rulesIn = (name: string): readonly FirewallRule[] | undefined =>
    table.find(one => one.name === name)?.rules
  return (
    chains.every(({ name, rules }) => hasAll(rulesIn(name), rules)) &&
    Object.entries(within).every(([name, rules]) => hasAll(rulesIn(name), rules))
  )
}

/** A table with all of it anew, behind what others have written. */
export const withFlannelRules = (
  table: readonly FirewallChain[],
  { chains, within }: FlannelRules,
): FirewallChain[] => {
  const own = new Set(chains.map(({ name }) => name))
  return [
    ...table
      .filter(({ name }) => !own.has(name))
      .map(one => {
        const wanted = within[one.name]
        if (wanted === undefined) return one
        const others = one.rules.filter(rule => !wanted.some(each => isSame(each, rule)))
        return { ...one, rules: [...others, ...wanted.map(rule => ({ ...rule }))] }
      }),
    ...chains.map(one => ({ ...one, rules: one.rules.map(rule => ({ ...rule })) })),
  ]
}
