import { isBefore, releaseOf } from '../../relations/userland.ts'
import type { Call } from '../../shell/program.ts'
import type { Machine } from '../../world/machine.ts'
import type { FirewallChain } from '../../world/network.ts'

/** The tables that the simulated packet filter has. */
export const tableNames = ['filter', 'nat', 'mangle', 'raw'] as const

/** A table's name. */
export type TableName = (typeof tableNames)[number]

const chain = (name: string): FirewallChain => ({ name, policy: 'ACCEPT', packets: 0, bytes: 0, rules: [] })

/** The chains of a table; `undefined` for a table that does not exist. */
export const chainsOf = (machine: Machine, table: string): FirewallChain[] | undefined => {
  const name = tableNames.find(known => known === table)
  if (name === undefined) return undefined
  const { firewall } = machine
  if (name === 'raw') firewall.raw ??= [chain('PREROUTING'), chain('OUTPUT')]
  return firewall[name]
}

/** The iptables of a machine. */
export const versionOf = ({ machine }: Call): string => releaseOf(machine, 'iptables')

/** Whether the tables are the kernel's older ones, not those of nftables. */
export const isLegacy = ({ host }: Call): boolean => isBefore(host, 'iptables', '1.8')

/** The chains in the order in which they are shown: the kernel's, then those that were made by their names. */
export const inOrder = (chains: readonly FirewallChain[]): readonly FirewallChain[] => [
  ...chains.filter(({ policy }) => policy !== undefined),
  ...chains.filter(({ policy }) => policy === undefined).sort((a, b) => (a.name < b.name ? -1 : 1)),
]

/** How many rules of a table lead to a chain. */
export const referencesTo = (chains: readonly FirewallChain[], name: string): number =>
  chains.reduce((sum, chain) => sum + chain.rules.filter(rule => rule.target === name).length, 0)
