import type { FirewallRule } from '../../world/network.ts'

/** One condition or one deed of a rule: in the words that Felix tells iptables, of which it takes its hashes, and as the rule then holds it. */
export type Phrase = { readonly told: string; readonly held: Partial<FirewallRule> }

/** A rule as Felix knows it. */
export type FelixRule = {
  readonly when?: readonly Phrase[]
  readonly does: Phrase
  readonly comments?: readonly string[]
}

/** The bits with which Felix marks packets: accepted, passed on to the profiles, and two for its own use. */
export const MARKS = { accept: 0x10000, pass: 0x20000, scratch: 0x40000, other: 0x80000 } as const

/** All of them. */
export const ALL_MARKS = 0xf0000

const hex = (value: number): string => `0x${value.toString(16)}`
// Felix has Go print its numbers, which writes no prefix to a nought.
const told = (value: number): string => (value === 0 ? '0' : hex(value))

const matching = (words: string, kept = words): Phrase => ({ told: words, held: { matches: kept } })

/** What rules ask for. */
export const when = {
  from: (name: string): Phrase => ({ told: `--in-interface ${name}`, held: { inInterface: name } }),
  to: (name: string): Phrase => ({ told: `--out-interface ${name}`, held: { outInterface: name } }),
  udp: { told: '-p 17', held: { protocol: 'udp' } },
  ipip: { told: '-p 4', held: { protocol: 'ipencap' } },
  protocol: (name: string): Phrase => ({ told: `-p ${name}`, held: { protocol: name } }),
  source: (network: string): Phrase => ({ told: `--source ${network}`, held: { source: network } }),
  destination: (network: string): Phrase => ({
    told: `--destination ${network}`,
    held: { destination: network },
  }),
  ports: (list: string): Phrase =>
    matching(`-m multiport --destination-ports ${list}`, `-m multiport --dports ${list}`),
  marked: (mark: number): Phrase => matching(`-m mark --mark ${hex(mark)}/${hex(mark)}`),
  unmarked: (mark: number): Phrase =>
    matching(`-m mark --mark 0/${hex(mark)}`, `-m mark --mark 0x0/${hex(mark)}`),
  state: (states: string): Phrase => matching(`-m conntrack --ctstate ${states}`),
  notState: (states: string): Phrase => matching(`-m conntrack ! --ctstate ${states}`),
  inSet: (name: string, side: 'src' | 'dst'): Phrase => matching(`-m set --match-set ${name} ${side}`),
  notInSet: (name: string, side: 'src' | 'dst'): Phrase => matching(`-m set ! --match-set ${name} ${side}`),
  toLocal: matching('-m addrtype --dst-type LOCAL'),
  fromLocal: matching('-m addrtype --src-type LOCAL'),
  notFromOutgoing: matching('-m addrtype ! --src-type LOCAL --limit-iface-out'),
  badReturn: matching('-m rpfilter --invert --validmark', '-m rpfilter --validmark --invert'),
} as const

const ending = (target: string): Phrase => ({ told: `--jump ${target}`, held: { target } })

const marking = (value: number, mask: number): Phrase => ({
  told: `--jump MARK --set-mark ${told(value)}/${hex(mask)}`,
  held: { target: 'MARK', targetOptions: `--set-xmark ${hex(value)}/${hex(mask)}` },
})

/** What rules do. */
export const does = {
  accept: ending('ACCEPT'),
  drop: ending('DROP'),
  leave: ending('RETURN'),
  nothing: { told: '', held: {} },
  jump: ending,
  go: (target: string): Phrase => ({ told: `--goto ${target}`, held: { target, isGoto: true } }),
  mark: (mark: number): Phrase => marking(mark, mark),
  clear: (mark: number): Phrase => marking(0, mark),
  set: marking,
  masquerade: {
    told: '--jump MASQUERADE --random-fully',
    held: { target: 'MASQUERADE', targetOptions: '--random-fully' },
  },
} as const satisfies Record<string, Phrase | ((...words: never[]) => Phrase)>

/** How Felix lets through in the filter what its policies accept: at once, or with the last word left to the kernel's chains. */
export type Allowing = 'accept' | 'leave'
