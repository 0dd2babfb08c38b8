import { minorOf } from '../../kube/minor-version.ts'
import { getObject } from '../../kube/store.ts'
import { flannelRules, hasFlannelRules, withFlannelRules } from '../../network/flannel-rules.ts'
import { clusterHosts, isUnitRunning, nodeNameOf } from '../../relations/cluster-hosts.ts'
import { cniConfigOf } from '../../relations/cni.ts'
import type { Machine } from '../../world/machine.ts'
import type { Law } from '../law.ts'

/** In which units flannel runs, and how often it looks after its rules there. */
const looksMs: Readonly<Record<string, number>> = {
  'k3s.service': 60_000,
  'k3s-agent.service': 60_000,
  'flanneld.service': 5_000,
}

/** The first release that comes with a flannel whose rules stand in chains of their own. */
const HAS_CHAINS = 26

const unitOf = (machine: Machine): string | undefined => {
  const name = Object.keys(looksMs).find(unit => isUnitRunning(machine, unit))
  return name === 'flanneld.service' || cniConfigOf(machine)?.plugins.includes('flannel') === true
    ? name
    : undefined
}

/** Flannel writes when it begins, and again when it looks and misses some, the rules that hide pods from the world and let them be forwarded. */
export const writeFlannelRules: Law = world => {
  for (const { machine, host } of clusterHosts(world)) {
    const name = host.isPowered ? unitOf(machine) : undefined
    if (name === undefined) continue
    const { firewall } = host
    const agent = `${name} ${machine.units.get(name)?.startedMs ?? 0}`
    const { agent: known, atMs = 0 } = firewall.flannelRules ?? {}
    if (known === agent && world.nowMs - atMs < (looksMs[name] ?? 0)) continue
    const own = getObject(world.kube, { kind: 'Node', name: nodeNameOf(machine) })?.spec?.podCIDR
    if (own === undefined) continue
    const networks = { all: world.kube.podCidr, own }
    const wanted = minorOf(world) < HAS_CHAINS ? flannelRules.older(networks) : flannelRules.newer(networks)
    for (const table of ['filter', 'nat'] as const)
      if (!hasFlannelRules(firewall[table], wanted[table]))
        firewall[table] = withFlannelRules(firewall[table], wanted[table])
    firewall.flannelRules = { agent, atMs: world.nowMs }
  }
}
