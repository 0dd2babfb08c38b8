import type { Sandbox } from '../world/container.ts'
import type { Firewall, FirewallChain, FirewallRule } from '../world/network.ts'
import { chain, comment, ruleOf } from './firewall-rule.ts'

/** A port of a machine that a container of a pod asks for. */
export type HostPort = {
  readonly protocol: string
  readonly hostPort: number
  readonly containerPort: number
}

const ENTRY = 'CNI-HOSTPORT-DNAT'
const MARK = 'CNI-HOSTPORT-SETMARK'
const MASQUERADE = 'CNI-HOSTPORT-MASQ'
const NAME_DIGITS = 21

/** The chain in which the plugin for ports of the machine leads to a pod. */
export const hostPortChain = ({ id }: Pick<Sandbox, 'id'>): string => `CNI-DN-${id.slice(0, NAME_DIGITS)}`

const toEntry = ruleOf({ matches: '-m addrtype --dst-type LOCAL', target: ENTRY })

const shared: readonly FirewallChain[] = [
  chain(ENTRY),
  chain(MASQUERADE, [ruleOf({ matches: '-m mark --mark 0x2000/0x2000', target: 'MASQUERADE' })]),
  chain(MARK, [
    ruleOf({
      matches: comment('CNI portfwd masquerade mark'),
      target: 'MARK',
      targetOptions: '--set-xmark 0x2000/0x2000',
    }),
  ]),
]

const leadsTo = (rules: readonly FirewallRule[], target: string): boolean =>
  rules.some(rule => rule.target === target)

const rulesOf = (nat: readonly FirewallChain[], name: string): readonly FirewallRule[] =>
  nat.find(one => one.name === name)?.rules ?? []

/** Whether the rules of a machine lead what comes to a port to a pod. */
export const leadsToPod = (
  { nat }: Firewall,
  sandbox: Pick<Sandbox, 'id'>,
  { port, protocol }: { readonly port: number; readonly protocol: string },
): boolean => {
  const own = hostPortChain(sandbox)
  return (
    leadsTo(rulesOf(nat, 'PREROUTING'), ENTRY) &&
    leadsTo(rulesOf(nat, ENTRY), own) &&
    rulesOf(nat, own).some(
      rule => rule.target === 'DNAT' && rule.destinationPort === port && rule.protocol === protocol,
    )
  )
}

const podChain = (
  sandbox: Sandbox,
  ports: readonly HostPort[],
  place: { readonly podCidr: string },
): FirewallChain =>
  chain(
    hostPortChain(sandbox),
    ports.flatMap(({ protocol, hostPort, containerPort }) => {
      const to = { protocol, destinationPort: hostPort, matches: `-m ${protocol} --dport ${hostPort}` }
      return [
        ruleOf({ ...to, source: place.podCidr, target: MARK }),
        ruleOf({ ...to, source: '127.0.0.1/32', target: MARK }),
        ruleOf({
          ...to,
          target: 'DNAT',
          targetOptions: `--to-destination ${sandbox.address}:${containerPort}`,
        }),
      ]
    }),
  )

const entriesOf = (sandbox: Sandbox, ports: readonly HostPort[], network: string): readonly FirewallRule[] =>
  [...new Set(ports.map(({ protocol }) => protocol))].map(protocol => {
    const list = ports.filter(port => port.protocol === protocol).map(({ hostPort }) => hostPort)
    return ruleOf({
      protocol,
      matches: `${comment(`dnat name: \\"${network}\\" id: \\"${sandbox.id}\\"`)} -m multiport --dports ${list.join(',')}`,
      target: hostPortChain(sandbox),
    })
  })

const withRule = (one: FirewallChain, rule: FirewallRule, place: 'first' | 'last'): FirewallChain => {
  if (leadsTo(one.rules, rule.target)) return one
  const rules = place === 'first' ? [{ ...rule }, ...one.rules] : [...one.rules, { ...rule }]
  return { ...one, rules }
}

/** The table nat with what the plugin writes for a pod that asks for ports of the machine, as portmap does. */
export const withHostPorts = (
  nat: readonly FirewallChain[],
  sandbox: Sandbox,
  {
    ports,
    network,
    podCidr,
  }: { readonly ports: readonly HostPort[]; readonly network: string; readonly podCidr: string },
): FirewallChain[] => {
  const known = new Set(nat.map(({ name }) => name))
  return [
    ...nat,
    ...shared.filter(({ name }) => !known.has(name)),
    podChain(sandbox, ports, { podCidr }),
  ].map(one => {
    if (one.name === 'PREROUTING' || one.name === 'OUTPUT') return withRule(one, toEntry, 'last')
    if (one.name === 'POSTROUTING')
      return withRule(
        one,
        ruleOf({ matches: comment('CNI portfwd requiring masquerade'), target: MASQUERADE }),
        'first',
      )
    return one.name === ENTRY ? { ...one, rules: [...one.rules, ...entriesOf(sandbox, ports, network)] } : one
  })
}

/** The table without what leads to pods that are gone. */
export const withoutHostPorts = (
  nat: readonly FirewallChain[],
  isGone: (chain: string) => boolean,
): FirewallChain[] =>
  nat
    .filter(({ name }) => !isGone(name))
    .map(one =>
      one.name === ENTRY ? { ...one, rules: one.rules.filter(rule => !isGone(rule.target)) } : one,
    )
