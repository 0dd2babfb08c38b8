import type { FirewallChain, FirewallRule } from '../world/network.ts'

/** A chain with its rules. */
export const chain = (name: string, rules: readonly FirewallRule[] = []): FirewallChain => ({
  name,
  policy: undefined,
  packets: 0,
  bytes: 0,
  rules: [...rules],
})

/** A rule from what differs from an empty one. */
export const ruleOf = (changes: Partial<FirewallRule>): FirewallRule => ({
  protocol: '',
  source: '',
  destination: '',
  inInterface: '',
  outInterface: '',
  matches: '',
  destinationPort: undefined,
  target: '',
  targetOptions: '',
  packets: 0,
  bytes: 0,
  ...changes,
})

/** A match that is a comment. */
export const comment = (text: string): string => `-m comment --comment "${text}"`

const SHARES = 2 ** 31
const SHOWN_DIGITS = 11

/** The share of a rule by chance as the kernel keeps it and iptables prints it. */
export const shareOf = (asked: string): string =>
  (Math.round(Number(asked) * SHARES) / SHARES).toFixed(SHOWN_DIGITS)
