import { combine, type Located, listFact, nothing, record } from '../parsed.ts'
import type { FactValue, Parsed } from '../types.ts'

/** What was read of a packet filter: its chains and its rules, each with its line. */
export type Firewall = {
  readonly chains: readonly Located<FactValue>[]
  readonly rules: readonly Located<FactValue>[]
}

/** A chain of a packet filter; only base chains have a policy. */
export type FirewallChain = {
  readonly family: string
  readonly table: string | undefined
  readonly name: string
  readonly policy?: string | undefined
  readonly packets?: number | undefined
  readonly bytes?: number | undefined
  readonly references?: number | undefined
  readonly hook?: string | undefined
}

/** A chain as the value of a fact. */
export const firewallChain = (chain: FirewallChain): FactValue => record(chain)

/**
 * The facts of a packet filter. No rules is a statement too: nothing is filtered there. Rules without a chain are what a filter
 * left of a listing, which says nothing about chains.
 */
export const firewallFacts = ({ chains, rules }: Firewall): Parsed =>
  combine([
    chains.length === 0 && rules.length > 0 ? nothing : listFact('firewallChains', chains),
    listFact('firewallRules', rules),
  ])
