import { hashOf } from '../kube/pod.ts'
import { listObjects } from '../kube/store.ts'
import { apiServers } from '../relations/api-server.ts'
import { clusterHosts } from '../relations/cluster-hosts.ts'
import type { KubeObject, KubeValue } from '../world/kube-object.ts'
import type { Machine } from '../world/machine.ts'
import type { FirewallChain, FirewallRule } from '../world/network.ts'
import type { World } from '../world/world.ts'
import type { Law } from './law.ts'

const chainName = (prefix: string, text: string): string =>
  `${prefix}-${[...hashOf(text, 16)].map(d => 'ABCDEFGHIJKLMN34'[Number.parseInt(d, 16)]).join('')}`

const rule = (fields: Partial<FirewallRule> & { readonly target: string }): FirewallRule => ({
  protocol: 'all',
  source: '',
  destination: '',
  inInterface: '',
  outInterface: '',
  matches: '',
  destinationPort: undefined,
  targetOptions: '',
  packets: 0,
  bytes: 0,
  ...fields,
})

const chain = (name: string, rules: readonly FirewallRule[]): FirewallChain => ({
  name,
  policy: undefined,
  packets: 0,
  bytes: 0,
  rules: [...rules],
})

type ServicePort = { readonly service: KubeObject; readonly port: KubeValue; readonly title: string }

const portsOf = (service: KubeObject): readonly ServicePort[] =>
  (service.spec?.ports ?? []).map((port: KubeValue) => ({
    service,
    port,
    title: `${service.metadata.namespace}/${service.metadata.name}${port.name === undefined ? '' : `:${port.name}`}`,
  }))

const endpointsFor = (world: World, { service, port }: ServicePort) => {
  const endpoints = world.kube.objects.get(`Endpoints/${service.metadata.namespace}/${service.metadata.name}`)
  return (endpoints?.subsets ?? []).flatMap((subset: KubeValue) => {
    const found = (subset.ports ?? []).find(
      (p: KubeValue) =>
        (p.name ?? '') === (port.name ?? '') && (p.protocol ?? 'TCP') === (port.protocol ?? 'TCP'),
    )
    return found === undefined
      ? []
      : (subset.addresses ?? []).map((a: KubeValue) => ({ address: a.ip, port: found.port }))
  }) as readonly { readonly address: string; readonly port: number }[]
}

const matchesOf = (protocol: string, port: number, title: string): string =>
  `-m comment --comment "${title} cluster IP" -m ${protocol} --dport ${port}`

/** Chains and rules of one port of a service. */
const rulesFor = (world: World, one: ServicePort) => {
  const { service, port, title } = one
  const protocol = (port.protocol ?? 'TCP').toLowerCase()
  const endpoints = endpointsFor(world, one)
  const base = { protocol, destination: `${service.spec.clusterIP}/32`, destinationPort: port.port }
  if (endpoints.length === 0)
    return {
      chains: [],
      nat: [],
      nodePorts: [],
      filter: [
        rule({
          ...base,
          matches: `-m comment --comment "${title} has no endpoints" -m ${protocol} --dport ${port.port}`,
          target: 'REJECT',
          targetOptions: '--reject-with icmp-port-unreachable',
        }),
      ],
    }
  return forEndpoints(one, endpoints, base)
}

const forEndpoints = (
  { port, title }: ServicePort,
  endpoints: readonly { readonly address: string; readonly port: number }[],
  base: Partial<FirewallRule> & { readonly protocol: string },
) => {
  const { protocol } = base
  const svc = chainName('KUBE-SVC', `${title}/${protocol}`)
  const seps = endpoints.map(endpoint => ({
    ...endpoint,
    name: chainName('KUBE-SEP', `${title}/${endpoint.address}:${endpoint.port}`),
  }))
  const comment = `-m comment --comment "${title}"`
  return {
    chains: [
      chain(
        svc,
        seps.map(({ name, address, port: to }, index) =>
          rule({
            matches:
              index === seps.length - 1
                ? `-m comment --comment "${title} -> ${address}:${to}"`
                : `-m comment --comment "${title} -> ${address}:${to}" -m statistic --mode random --probability ${(1 / (seps.length - index)).toFixed(11)}`,
            target: name,
          }),
        ),
      ),
      ...seps.map(({ name, address, port: to }) =>
        chain(name, [
          rule({ source: `${address}/32`, matches: comment, target: 'KUBE-MARK-MASQ' }),
          rule({
            protocol,
            matches: `${comment} -m ${protocol}`,
            target: 'DNAT',
            targetOptions: `--to-destination ${address}:${to}`,
          }),
        ]),
      ),
    ],
    nat: [rule({ ...base, matches: matchesOf(protocol, port.port, title), target: svc })],
    nodePorts:
      port.nodePort === undefined
        ? []
        : [
            rule({
              protocol,
              destinationPort: port.nodePort,
              matches: `${comment} -m ${protocol} --dport ${port.nodePort}`,
              target: svc,
            }),
          ],
    filter: [],
  }
}

const isOurs = (name: string): boolean =>
  /^KUBE-(SERVICES|SVC-|SEP-|NODEPORTS|MARK-MASQ|POSTROUTING)/.test(name)

const jump = (comment: string, target: string): FirewallRule =>
  rule({ matches: `-m comment --comment "${comment}"`, target })

const ensureJump = (chains: FirewallChain[], from: string, to: FirewallRule): void => {
  let source = chains.find(c => c.name === from)
  if (source === undefined) {
    source = { ...chain(from, []), policy: 'ACCEPT' }
    chains.push(source)
  }
  if (!source.rules.some(r => r.target === to.target)) source.rules.unshift(to)
}

const writeRules = (world: World, machine: Machine): void => {
  const parts = listObjects(world.kube, 'Service')
    .filter(s => s.spec?.clusterIP !== undefined && s.spec.clusterIP !== 'None')
    .flatMap(portsOf)
    .map(port => rulesFor(world, port))
  const { firewall } = machine
  const masq = chain('KUBE-MARK-MASQ', [rule({ target: 'MARK', targetOptions: '--or-mark 0x4000' })])
  const last = rule({
    matches:
      '-m comment --comment "kubernetes service nodeports; NOTE: this must be the last rule in this chain" -m addrtype --dst-type LOCAL',
    target: 'KUBE-NODEPORTS',
  })
  firewall.nat = [
    ...firewall.nat.filter(c => !isOurs(c.name)),
    chain('KUBE-SERVICES', [...parts.flatMap(p => p.nat), last]),
    chain(
      'KUBE-NODEPORTS',
      parts.flatMap(p => p.nodePorts),
    ),
    masq,
    ...parts.flatMap(p => p.chains),
  ]
  firewall.filter = [
    ...firewall.filter.filter(c => c.name !== 'KUBE-SERVICES'),
    chain(
      'KUBE-SERVICES',
      parts.flatMap(p => p.filter),
    ),
  ]
  for (const from of ['PREROUTING', 'OUTPUT'])
    ensureJump(firewall.nat, from, jump('kubernetes service portals', 'KUBE-SERVICES'))
  for (const from of ['FORWARD', 'OUTPUT'])
    ensureJump(firewall.filter, from, jump('kubernetes service portals', 'KUBE-SERVICES'))
}

const hasProxy = (machine: Machine): boolean =>
  machine.runtime?.containers.some(c => c.service === 'kube-proxy' && c.state === 'running') === true ||
  [...machine.units.values()].some(
    u => ['k3s', 'k3s-agent', 'kube-proxy'].includes(u.service) && u.active === 'active',
  )

const signature = (world: World): string =>
  [...listObjects(world.kube, 'Service'), ...listObjects(world.kube, 'Endpoints')]
    .map(o => `${o.metadata.uid}:${o.metadata.resourceVersion}`)
    .join()

const hasRules = (machine: Machine): boolean =>
  machine.firewall.nat.some(c => c.name === 'KUBE-SERVICES' && c.rules.length > 1)

const SYNC_MS = 30_000

/** Where kube-proxy runs and an API server answers, the service rules follow services and endpoints. Rules that somebody flushed return with its next full round. */
export const syncServiceRules: Law = world => {
  if (apiServers(world).length === 0) return
  const wanted = Number.parseInt(hashOf(signature(world), 8), 16)
  for (const { machine, host } of clusterHosts(world)) {
    const timers = machine.runtime?.timers
    if (timers === undefined || !host.isPowered || !hasProxy(machine)) continue
    const isDue = !hasRules(host) && world.nowMs - (timers['rules-written'] ?? 0) >= SYNC_MS
    if (timers.rules === wanted && !isDue) continue
    timers.rules = wanted
    timers['rules-written'] = world.nowMs
    writeRules(world, host)
  }
}
