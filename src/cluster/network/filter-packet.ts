import type { Machine } from '../world/machine.ts'
import type { AddressSet, FirewallChain, FirewallRule } from '../world/network.ts'
import { isLoopback } from './addresses.ts'
import { chainNamed } from './chain-named.ts'
import { isByChance, matchRule } from './match-rule.ts'
import type { FilterVerdict, Packet } from './packet.ts'

const accept: FilterVerdict = { kind: 'accept' }
const DEEPEST = 16

/** What goes with a packet from one table to the next: the mark that rules put on it, and what its machine knows. */
type Course = {
  mark: number
  /** Which rule of its chain it is at. */
  place: number
  readonly sets: readonly AddressSet[] | undefined
  readonly isLocal: (address: string) => boolean
}

type Walk = {
  readonly chains: readonly FirewallChain[]
  readonly packet: Packet
  readonly course: Course
}

const courseOn = ({ firewall, interfaces }: Machine): Course => ({
  mark: 0,
  place: 0,
  sets: firewall.sets,
  isLocal: address =>
    isLoopback(address) ||
    interfaces.some(({ addresses }) => addresses.some(own => own.startsWith(`${address}/`))),
})

/** Puts the mark of a rule on a packet, as MARK does with `--set-xmark`. */
const putMark = (course: Course, { targetOptions }: FirewallRule): void => {
  const [, value, mask = '0xffffffff'] = /--set-x?mark (\w+)(?:\/(\w+))?/.exec(targetOptions) ?? []
  // A number of JavaScript that is shifted keeps its sign, which equality minds.
  course.mark = ((course.mark & ~Number(mask)) ^ Number(value ?? 0)) >>> 0
}

const verdictOf = (target: string, options: string): FilterVerdict | undefined => {
  if (target === 'ACCEPT') return accept
  if (target === 'DROP') return { kind: 'drop' }
  if (target !== 'REJECT') return undefined
  return { kind: 'reject', answer: /--reject-with\s+(\S+)/.exec(options)?.[1] ?? 'icmp-port-unreachable' }
}

const ECHO_BYTES = 84
const FIRST_BYTES = 60

const count = (
  counter: { packets: number; bytes: number },
  { counts = 0, protocol, bytes }: Packet,
): void => {
  counter.packets += counts
  counter.bytes += Math.round(counts * (bytes ?? (protocol === 'icmp' ? ECHO_BYTES : FIRST_BYTES)))
}

/** What a chain says of a packet; `undefined` when it ends or returns without a verdict. */
const walkChain = (walk: Walk, name: string, depth: number): FilterVerdict | undefined => {
  const { chains, packet, course } = walk
  const chain = chainNamed(chains, name)
  if (chain === undefined || depth > DEEPEST) return undefined
  // Without the copies that a loop over entries makes: each packet meets some dozen rules.
  for (let place = 0; place < chain.rules.length; place += 1) {
    const rule = chain.rules[place]
    course.place = place
    if (rule === undefined || !matchRule(rule, packet, course)) continue
    count(rule, packet)
    if (rule.target === 'RETURN') break
    if (rule.target === 'MARK') putMark(course, rule)
    const verdict = verdictOf(rule.target, rule.targetOptions) ?? walkChain(walk, rule.target, depth + 1)
    if (verdict?.kind === 'drop' && isByChance(rule)) return { kind: 'drop', isByChance: true }
    if (verdict !== undefined) return verdict
    if (rule.isGoto === true) break
  }
  if (chain.policy !== undefined) count(chain, packet)
  return chain.policy === 'DROP' ? { kind: 'drop' } : undefined
}

/** The chains of other tables that a packet passes before those of the filter, at each point. */
const before = {
  INPUT: [
    ['raw', 'PREROUTING'],
    ['mangle', 'PREROUTING'],
    ['mangle', 'INPUT'],
  ],
  OUTPUT: [
    ['raw', 'OUTPUT'],
    ['mangle', 'OUTPUT'],
    ['mangle', 'POSTROUTING'],
  ],
  FORWARD: [
    ['raw', 'PREROUTING'],
    ['mangle', 'PREROUTING'],
    ['mangle', 'FORWARD'],
    ['mangle', 'POSTROUTING'],
  ],
} as const

const walkOthers = (
  machine: Machine,
  point: FilterPoint,
  { packet, course }: Omit<Walk, 'chains'>,
): FilterVerdict | undefined => {
  for (const [table, name] of before[point]) {
    const chains = machine.firewall[table] ?? []
    if (chainNamed(chains, name)?.rules.length === 0) continue
    const verdict = walkChain({ chains, packet, course }, name, 0)
    if (verdict !== undefined && verdict.kind !== 'accept') return verdict
  }
  return undefined
}

/** The hooks of nftables that a packet passes at each point. */
const hooksAt: Readonly<Record<FilterPoint, readonly string[]>> = {
  INPUT: ['prerouting', 'input'],
  OUTPUT: ['output', 'postrouting'],
  FORWARD: ['prerouting', 'forward', 'postrouting'],
}

/** What the tables that somebody made with nft say: what one accepts the next may still drop. */
const walkOwnTables = (
  { firewall }: Machine,
  point: FilterPoint,
  { packet, course }: Omit<Walk, 'chains'>,
): FilterVerdict | undefined => {
  for (const { family, chains } of firewall.ownTables ?? []) {
    if (family !== 'ip' && family !== 'inet') continue
    for (const { name, hook } of chains) {
      if (hook === undefined || !hooksAt[point].includes(hook.hook)) continue
      const verdict = walkChain({ chains, packet, course }, name, 0)
      if (verdict !== undefined && verdict.kind !== 'accept') return verdict
    }
  }
  return undefined
}

/** The chain that a packet passes on a machine: to it, from it, or through it. */
export type FilterPoint = 'INPUT' | 'OUTPUT' | 'FORWARD'

/** What a machine's packet filter does with a first packet. */
export const filterPacket = (machine: Machine, point: FilterPoint, packet: Packet): FilterVerdict => {
  const course = courseOn(machine)
  const early =
    walkOthers(machine, point, { packet, course }) ?? walkOwnTables(machine, point, { packet, course })
  if (early !== undefined) return early
  return walkChain({ chains: machine.firewall.filter, packet, course }, point, 0) ?? accept
}
