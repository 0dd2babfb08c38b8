import { type ServiceJumps, serviceJumps } from '../../network/service-jumps.ts'
import { serviceChains, serviceSignature } from '../../network/service-rules.ts'
import { proxyRefusal } from '../../relations/agent-rights.ts'
import { clusterHosts, nodeNameOf } from '../../relations/cluster-hosts.ts'
import type { FirewallChain } from '../../world/network.ts'
import type { Law } from '../law.ts'
import { canProxyReachApi, proxyOf } from './proxy-of.ts'

/** kube-proxy writes all its rules anew this often, whatever changed. */
const WHOLE_SYNC_MS = 30_000

const isOwn = (name: string): boolean => name.startsWith('KUBE-')

/** Puts kube-proxy's chains and jumps into a table; what others wrote stays in its order, behind the jumps that were missing. */
const replaceChains = (
  jumps: ServiceJumps[keyof ServiceJumps],
  before: readonly FirewallChain[],
  own: readonly FirewallChain[],
): FirewallChain[] => {
  const counters = new Map(
    before.flatMap(({ name, rules }) =>
      rules.map(rule => [`${name} ${rule.matches} ${rule.target}`, rule] as const),
    ),
  )
  const counted = own.map(one => ({
    ...one,
    rules: one.rules.map(rule => {
      const known = counters.get(`${one.name} ${rule.matches} ${rule.target}`)
      return known === undefined ? rule : { ...rule, packets: known.packets, bytes: known.bytes }
    }),
  }))
  const kept = before
    .filter(one => !isOwn(one.name))
    .map(one => {
      const wanted = (jumps[one.name] ?? []).filter(
        jump => !one.rules.some(rule => rule.target === jump.target && rule.matches === jump.matches),
      )
      return { ...one, rules: [...wanted.map(rule => ({ ...rule })), ...one.rules] }
    })
  return [...kept, ...counted]
}

/** kube-proxy writes the rules of the services on each node, when they changed and every half minute, as long as it runs and reaches the API server. */
export const writeServiceRules: Law = world => {
  const signature = serviceSignature(world.kube)
  const jumps = serviceJumps(world.kube)
  const isRefused = proxyRefusal(world) !== undefined
  for (const { machine, host } of clusterHosts(world)) {
    const { firewall } = host
    const { signature: written, atMs } = firewall.serviceRules
    const isDue = signature !== written || world.nowMs - atMs >= WHOLE_SYNC_MS
    if (!host.isPowered || !isDue || proxyOf(machine) === undefined || isRefused) continue
    if (!canProxyReachApi(world, machine)) continue
    const chains = serviceChains(world.kube, nodeNameOf(machine))
    firewall.filter = replaceChains(jumps.filter, firewall.filter, chains.filter)
    firewall.nat = replaceChains(jumps.nat, firewall.nat, chains.nat)
    firewall.serviceRules = { signature, atMs: world.nowMs }
  }
}
