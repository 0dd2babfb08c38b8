import { felixSignature, felixTables } from '../../network/felix/felix-tables.ts'
import { keepTable } from '../../network/felix/keep-table.ts'
import { calicoRefusal } from '../../relations/agent-rights.ts'
import { clusterHosts } from '../../relations/cluster-hosts.ts'
import { apiProblem } from '../../services/kube/network-agents.ts'
import type { Container } from '../../world/container.ts'
import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'
import type { Law } from '../law.ts'

/** Felix reads the kernel's tables again this often, and mends what others changed in them. */
const RESYNC_MS = 90_000

const kernelChains = (...names: readonly string[]) =>
  names.map(name => ({ name, policy: 'ACCEPT' as const, packets: 0, bytes: 0, rules: [] }))

const felixOn = ({ runtime }: Machine): Container | undefined =>
  runtime?.containers.find(({ service, state }) => service === 'calico-node' && state === 'running')

const write = (world: World, host: Machine): void => {
  const { tables, sets } = felixTables(world, host)
  const { firewall } = host
  firewall.raw = keepTable(firewall.raw ?? kernelChains('PREROUTING', 'OUTPUT'), tables.raw)
  firewall.mangle = keepTable(firewall.mangle, tables.mangle)
  firewall.nat = keepTable(firewall.nat, tables.nat)
  firewall.filter = keepTable(firewall.filter, tables.filter)
  const foreign = (firewall.sets ?? []).filter(({ name }) => !name.startsWith('cali40'))
  firewall.sets = [...foreign, ...sets]
}

/** Whether Felix hears of what is new: it reaches the API server, and may see what it asks for. */
const hears = (world: World, machine: Machine, container: Container): boolean =>
  calicoRefusal(world, 'calico-node') === undefined &&
  apiProblem(world, { machine, unit: undefined, container }) === undefined

/**
 * Felix, Calico's agent on each node, writes what guards the pods there as soon as it hears of them, and what policies say. What
 * others change in its chains it mends when it looks next.
 */
export const writeFelixRules: Law = (world, passedMs) => {
  for (const { machine, host } of clusterHosts(world)) {
    const felix = felixOn(machine)
    if (felix === undefined || !host.isPowered) continue
    const { firewall } = host
    const signature = `${felix.id} ${felixSignature(world, machine)}`
    const isNew = firewall.felixRules?.signature !== signature
    const since = felix.startedMs ?? 0
    const rounds = (atMs: number): number => Math.floor((atMs - since) / RESYNC_MS)
    const isDue = rounds(world.nowMs) > rounds(world.nowMs - passedMs)
    if (!isNew && !isDue) continue
    if (isNew && !hears(world, machine, felix)) continue
    write(world, host)
    firewall.felixRules = { signature, atMs: world.nowMs }
  }
}
