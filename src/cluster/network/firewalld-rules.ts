import type { Machine } from '../world/machine.ts'
import type { Firewall, FirewallChain, FirewallRule } from '../world/network.ts'
import { emptyFirewall } from './empty-firewall.ts'
import { chain, ruleOf } from './firewall-rule.ts'
import { chainsOfZones, type ZonePoint } from './firewalld-zones.ts'
import { loadTable } from './load-table.ts'

type Table = 'filter' | 'nat' | 'mangle' | 'raw'

/** Where each table sorts packets into zones, and where it has a chain for rules of the machine's owner only. */
const pointsIn: Readonly<Record<Table, { zones: readonly ZonePoint[]; direct: readonly string[] }>> = {
  filter: { zones: ['INPUT', 'FORWARD_IN', 'FORWARD_OUT'], direct: ['INPUT', 'FORWARD', 'OUTPUT'] },
  nat: { zones: ['PREROUTING', 'POSTROUTING'], direct: ['PREROUTING', 'POSTROUTING', 'OUTPUT'] },
  mangle: {
    zones: ['PREROUTING'],
    direct: ['PREROUTING', 'POSTROUTING', 'INPUT', 'OUTPUT', 'FORWARD'],
  },
  raw: { zones: ['PREROUTING'], direct: ['PREROUTING', 'OUTPUT'] },
}

const tables = Object.keys(pointsIn) as readonly Table[]

const jump = (target: string): FirewallRule => ruleOf({ target })

const sortingJumps = (point: string): readonly FirewallRule[] => [
  jump(`${point}_ZONES_SOURCE`),
  jump(`${point}_ZONES`),
]

/** What INPUT and FORWARD do around the zones: what is known passes, and what no zone lets in is refused. */
const guarded = (name: 'INPUT' | 'FORWARD'): readonly FirewallRule[] => [
  ruleOf({ matches: '-m conntrack --ctstate RELATED,ESTABLISHED', target: 'ACCEPT' }),
  ruleOf({ inInterface: 'lo', target: 'ACCEPT' }),
  jump(`${name}_direct`),
  ...(name === 'INPUT' ? ['INPUT'] : ['FORWARD_IN', 'FORWARD_OUT']).flatMap(sortingJumps),
  ruleOf({ matches: '-m conntrack --ctstate INVALID', target: 'DROP' }),
  ruleOf({ target: 'REJECT', targetOptions: '--reject-with icmp-host-prohibited' }),
]

const entryRules = (table: Table, name: string): readonly FirewallRule[] => {
  if (table === 'filter' && (name === 'INPUT' || name === 'FORWARD')) return guarded(name)
  if (!pointsIn[table].direct.includes(name)) return []
  const isSorted = pointsIn[table].zones.some(point => point === name)
  return [
    ...(table === 'filter' ? [ruleOf({ outInterface: 'lo', target: 'ACCEPT' })] : []),
    jump(`${name}_direct`),
    ...(isSorted ? sortingJumps(name) : []),
  ]
}

const OWN =
  /^((INPUT|FORWARD|OUTPUT|PREROUTING|POSTROUTING)_(direct|ZONES.*)|FORWARD_(IN|OUT)_ZONES.*|(IN|FWDI|FWDO|PRE|POST)_[a-z]+(_log|_deny|_allow)?)$/

const ownChains = ({ firewalld }: Firewall, table: Table): readonly FirewallChain[] => [
  ...pointsIn[table].direct.map(name => chain(`${name}_direct`)),
  ...chainsOfZones(firewalld, pointsIn[table].zones),
]

/** Empties every table, as firewalld does when it begins, ends and is reloaded: rules of others go too. */
export const clearTables = ({ firewall }: Machine): void => {
  const { filter, nat, mangle } = emptyFirewall()
  Object.assign(firewall, { filter, nat, mangle })
  for (const each of firewall.raw ?? []) each.rules = []
  if (firewall.raw !== undefined) firewall.raw = firewall.raw.filter(({ policy }) => policy !== undefined)
}

/** Brings the zones that hold into the rules that packets meet; what others wrote since stays. */
export const writeZones = ({ firewall }: Machine): void => {
  for (const table of tables) {
    const chains = firewall[table] ?? []
    firewall[table] = [...chains.filter(({ name }) => !OWN.test(name)), ...ownChains(firewall, table)]
  }
}

/** Empties the tables and fills them from the zones that were made to last. */
export const loadZones = (machine: Machine): void => {
  const { firewall } = machine
  clearTables(machine)
  firewall.firewalld = structuredClone(firewall.firewalldPermanent)
  firewall.raw ??= [
    { ...chain('PREROUTING'), policy: 'ACCEPT' },
    { ...chain('OUTPUT'), policy: 'ACCEPT' },
  ]
  for (const table of ['security', ...tables]) loadTable(machine, table)
  for (const table of tables)
    for (const each of firewall[table] ?? []) each.rules = [...entryRules(table, each.name)]
  writeZones(machine)
}
