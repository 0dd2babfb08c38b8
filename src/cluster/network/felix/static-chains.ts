import type { FelixChain } from './felix-chain.ts'
import { ALL_MARKS, type Allowing, does, type FelixRule, MARKS, when } from './felix-rule.ts'

/** The tables in which Felix writes. */
export type FelixTable = 'raw' | 'mangle' | 'nat' | 'filter'

const WORKLOADS = 'cali+'
const PORT = '4789'
/** The address sets that these rules ask. */
export const SETS = {
  allPools: 'cali40all-ipam-pools',
  masqueraded: 'cali40masq-ipam-pools',
  tunnelEnds: 'cali40all-vxlan-net',
  thisHost: 'cali40this-host',
} as const

const allowed = (allowing: Allowing): FelixRule => ({
  when: [when.marked(MARKS.accept)],
  does: does[allowing],
})
const accepted = allowed('accept')
const hostAccepted = { comments: ['Host endpoint policy accepted packet.'] }
const jump = (target: string): FelixRule => ({ does: does.jump(target) })
const clearAll: FelixRule = { does: does.clear(ALL_MARKS) }

const filterInput = (allowing: Allowing): FelixChain => ({
  name: 'cali-INPUT',
  rules: [
    {
      when: [when.udp, when.ports(PORT), when.inSet(SETS.tunnelEnds, 'src'), when.toLocal],
      does: does[allowing],
      comments: ['Allow IPv4 VXLAN packets from allowed hosts'],
    },
    {
      when: [when.udp, when.ports(PORT), when.toLocal],
      does: does.drop,
      comments: ['Drop IPv4 VXLAN packets from non-allowed hosts'],
    },
    { when: [when.from(WORKLOADS)], does: does.go('cali-wl-to-host') },
    allowed(allowing),
    clearAll,
    jump('cali-from-host-endpoint'),
    { ...allowed(allowing), ...hostAccepted },
  ],
})

const filterOutput = (allowing: Allowing): FelixChain => ({
  name: 'cali-OUTPUT',
  rules: [
    allowed(allowing),
    { when: [when.to(WORKLOADS)], does: does.leave },
    {
      when: [when.udp, when.ports(PORT), when.fromLocal, when.inSet(SETS.tunnelEnds, 'dst')],
      does: does[allowing],
      comments: ['Allow IPv4 VXLAN packets to other allowed hosts'],
    },
    clearAll,
    { when: [when.notState('DNAT')], does: does.jump('cali-to-host-endpoint') },
    { ...allowed(allowing), ...hostAccepted },
  ],
})

const empty = (...names: readonly string[]): readonly FelixChain[] => names.map(name => ({ name, rules: [] }))

const filter = (allowing: Allowing): readonly FelixChain[] => [
  {
    name: 'cali-FORWARD',
    rules: [
      { does: does.clear(ALL_MARKS - MARKS.accept) },
      { when: [when.unmarked(MARKS.accept)], does: does.jump('cali-from-hep-forward') },
      { when: [when.from(WORKLOADS)], does: does.jump('cali-from-wl-dispatch') },
      { when: [when.to(WORKLOADS)], does: does.jump('cali-to-wl-dispatch') },
      jump('cali-to-hep-forward'),
      jump('cali-cidr-block'),
    ],
  },
  filterInput(allowing),
  filterOutput(allowing),
  {
    name: 'cali-wl-to-host',
    rules: [
      jump('cali-from-wl-dispatch'),
      { does: does.accept, comments: ['Configured DefaultEndpointToHostAction'] },
    ],
  },
  ...empty(
    'cali-cidr-block',
    'cali-from-hep-forward',
    'cali-from-host-endpoint',
    'cali-to-hep-forward',
    'cali-to-host-endpoint',
  ),
]

const nat: readonly FelixChain[] = [
  { name: 'cali-PREROUTING', rules: [jump('cali-fip-dnat')] },
  { name: 'cali-OUTPUT', rules: [jump('cali-fip-dnat')] },
  {
    name: 'cali-POSTROUTING',
    rules: [
      jump('cali-fip-snat'),
      jump('cali-nat-outgoing'),
      {
        when: [when.to('vxlan.calico'), when.notFromOutgoing, when.fromLocal],
        does: does.masquerade,
      },
    ],
  },
  {
    name: 'cali-nat-outgoing',
    rules: [
      {
        when: [when.inSet(SETS.masqueraded, 'src'), when.notInSet(SETS.allPools, 'dst')],
        does: does.masquerade,
      },
    ],
  },
  ...empty('cali-fip-dnat', 'cali-fip-snat'),
]

const mangle: readonly FelixChain[] = [
  {
    name: 'cali-PREROUTING',
    rules: [
      { when: [when.state('RELATED,ESTABLISHED')], does: does.accept },
      accepted,
      jump('cali-from-host-endpoint'),
      { ...accepted, ...hostAccepted },
    ],
  },
  {
    name: 'cali-POSTROUTING',
    rules: [
      { when: [when.marked(MARKS.accept)], does: does.leave },
      clearAll,
      { when: [when.state('DNAT')], does: does.jump('cali-to-host-endpoint') },
      { when: [when.marked(MARKS.accept)], does: does.leave, ...hostAccepted },
    ],
  },
  ...empty('cali-from-host-endpoint', 'cali-to-host-endpoint'),
]

const raw: readonly FelixChain[] = [
  {
    name: 'cali-PREROUTING',
    rules: [
      clearAll,
      { when: [when.from(WORKLOADS)], does: does.mark(MARKS.scratch) },
      { when: [when.marked(MARKS.scratch), when.badReturn], does: does.drop },
      { when: [when.unmarked(MARKS.scratch)], does: does.jump('cali-from-host-endpoint') },
      accepted,
    ],
  },
  { name: 'cali-OUTPUT', rules: [clearAll, jump('cali-to-host-endpoint'), accepted] },
  ...empty('cali-from-host-endpoint', 'cali-to-host-endpoint'),
]

/** The chains that Felix writes whatever runs on its machine. */
export const staticChains = (allowing: Allowing): Readonly<Record<FelixTable, readonly FelixChain[]>> => ({
  filter: filter(allowing),
  nat,
  mangle,
  raw,
})

const toOwn = (...names: readonly string[]): readonly FelixChain[] =>
  names.map(name => ({ name, rules: [jump(`cali-${name}`)] }))

/** What Felix puts first into the kernel's chains. */
export const firstRules: Readonly<Record<FelixTable, readonly FelixChain[]>> = {
  filter: toOwn('INPUT', 'FORWARD', 'OUTPUT'),
  nat: toOwn('PREROUTING', 'OUTPUT', 'POSTROUTING'),
  mangle: toOwn('PREROUTING', 'POSTROUTING'),
  raw: toOwn('PREROUTING', 'OUTPUT'),
}

/** What it puts last into the filter's FORWARD: there is accepted what policies let through. Felix takes the hashes by this name. */
export const lastRules = (allowing: Allowing): FelixChain => ({
  name: 'FORWARD*appends*',
  rules: [
    { ...allowed(allowing), comments: ['Policy explicitly accepted packet.'] },
    { does: does.mark(MARKS.accept) },
  ],
})
