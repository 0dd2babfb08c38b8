import { listObjects } from '../kube/store.ts'
import type { KubeObject, KubeStore } from '../world/kube-object.ts'
import type { FirewallChain, FirewallRule } from '../world/network.ts'

/** The chains that kube-proxy keeps in two tables. */
export type ServiceChains = {
  readonly filter: readonly FirewallChain[]
  readonly nat: readonly FirewallChain[]
}

type Port = {
  readonly name?: string
  readonly port: number
  readonly protocol?: string
  readonly nodePort?: number
}
type Endpoint = { readonly address: string; readonly port: number }

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const NAME_LETTERS = 16
/** Leaves the five upper bits of 32: one of the 32 letters. */
const LETTER_SHIFT = 27

const suffixes = new Map<string, string>()

/** Sixteen letters and digits that stay the same for a text, as kube-proxy names its chains. */
const chainSuffix = (text: string): string => {
  const known = suffixes.get(text)
  if (known !== undefined) return known
  const suffix = makeSuffix(text)
  suffixes.set(text, suffix)
  return suffix
}

const makeSuffix = (text: string): string => {
  let state = 0x811c9dc5
  for (const character of text) state = Math.imul(state ^ character.charCodeAt(0), 0x01000193) >>> 0
  return Array.from({ length: NAME_LETTERS }, (_, index) => {
    state = Math.imul(state ^ (index + 97), 0x01000193) >>> 0
    // The upper bits: the lower ones of a product depend on lower ones alone, and there are few of those.
    return letters[state >>> LETTER_SHIFT]
  }).join('')
}

const chain = (name: string, rules: readonly FirewallRule[] = []): FirewallChain => ({
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

const comment = (text: string): string => `-m comment --comment "${text}"`

/** The ready endpoints of a service's port, by the port's name. */
const endpointsFor = (store: KubeStore, service: KubeObject, port: Port): readonly Endpoint[] => {
  const { namespace, name } = service.metadata
  const endpoints = store.objects.get(`Endpoints/${namespace}/${name}`)
  type Subset = { addresses?: { ip: string }[]; ports?: { name?: string; port: number }[] }
  return ((endpoints?.subsets ?? []) as Subset[]).flatMap(subset => {
    const target = subset.ports?.find(candidate => candidate.name === port.name) ?? subset.ports?.[0]
    return target === undefined
      ? []
      : (subset.addresses ?? []).map(({ ip }) => ({ address: ip, port: target.port }))
  })
}

type ServicePort = {
  readonly title: string
  readonly address: string
  readonly protocol: string
  readonly port: Port
  readonly endpoints: readonly Endpoint[]
}

const portsOf = (store: KubeStore): readonly ServicePort[] =>
  [...store.objects.values()]
    .filter(object => object.kind === 'Service' && /^\d/.test(object.spec?.clusterIP ?? ''))
    .flatMap(service =>
      ((service.spec?.ports ?? []) as Port[]).map(port => ({
        title: `${service.metadata.namespace}/${service.metadata.name}${port.name === undefined ? '' : `:${port.name}`}`,
        address: service.spec.clusterIP as string,
        protocol: (port.protocol ?? 'TCP').toLowerCase(),
        port,
        endpoints: endpointsFor(store, service, port),
      })),
    )

const toPort = ({ protocol, address, port }: ServicePort): Partial<FirewallRule> => ({
  protocol,
  destination: `${address}/32`,
  destinationPort: port.port,
})

const dport = ({ protocol, port }: ServicePort): string => `-m ${protocol} --dport ${port.port}`

const serviceChainName = ({ title, protocol }: ServicePort): string =>
  `KUBE-SVC-${chainSuffix(title + protocol)}`

const endpointChains = (service: ServicePort): readonly FirewallChain[] =>
  service.endpoints.map(({ address, port }) =>
    chain(`KUBE-SEP-${chainSuffix(`${service.title}${service.protocol}${address}:${port}`)}`, [
      ruleOf({ source: `${address}/32`, matches: comment(service.title), target: 'KUBE-MARK-MASQ' }),
      ruleOf({
        protocol: service.protocol,
        matches: `${comment(service.title)} -m ${service.protocol}`,
        target: 'DNAT',
        targetOptions: `--to-destination ${address}:${port}`,
      }),
    ]),
  )

const serviceChain = (service: ServicePort, podCidr: string): FirewallChain => {
  const ends = endpointChains(service)
  const masquerade = ruleOf({
    ...toPort(service),
    source: `! ${podCidr}`,
    matches: `${comment(`${service.title} cluster IP`)} ${dport(service)}`,
    target: 'KUBE-MARK-MASQ',
  })
  const choices = ends.map(({ name }, index) => {
    const left = ends.length - index
    const probability = left > 1 ? ` -m statistic --mode random --probability ${(1 / left).toFixed(11)}` : ''
    const end = service.endpoints[index]
    return ruleOf({
      matches: `${comment(`${service.title} -> ${end?.address}:${end?.port}`)}${probability}`,
      target: name,
    })
  })
  return chain(serviceChainName(service), [masquerade, ...choices])
}

const natChains = (services: readonly ServicePort[], podCidr: string): readonly FirewallChain[] => {
  const served = services.filter(service => service.endpoints.length > 0)
  const toServices = served.map(service =>
    ruleOf({
      ...toPort(service),
      matches: `${comment(`${service.title} cluster IP`)} ${dport(service)}`,
      target: serviceChainName(service),
    }),
  )
  const nodePorts = served.flatMap(service => {
    const { nodePort } = service.port
    if (nodePort === undefined) return []
    const matches = `${comment(service.title)} -m ${service.protocol} --dport ${nodePort}`
    return [
      ruleOf({
        protocol: service.protocol,
        destinationPort: nodePort,
        matches,
        target: serviceChainName(service),
      }),
    ]
  })
  const last = ruleOf({
    matches: `${comment('kubernetes service nodeports; NOTE: this must be the last rule in this chain')} -m addrtype --dst-type LOCAL`,
    target: 'KUBE-NODEPORTS',
  })
  return [
    chain('KUBE-KUBELET-CANARY'),
    chain('KUBE-MARK-MASQ', [ruleOf({ target: 'MARK', targetOptions: '--set-xmark 0x4000/0x4000' })]),
    chain('KUBE-NODEPORTS', nodePorts),
    chain('KUBE-POSTROUTING', [
      ruleOf({ matches: '-m mark ! --mark 0x4000/0x4000', target: 'RETURN' }),
      ruleOf({ target: 'MARK', targetOptions: '--set-xmark 0x4000/0x0' }),
      ruleOf({
        matches: comment('kubernetes service traffic requiring SNAT'),
        target: 'MASQUERADE',
        targetOptions: '--random-fully',
      }),
    ]),
    chain('KUBE-PROXY-CANARY'),
    chain('KUBE-SERVICES', [...toServices, last]),
    ...served.flatMap(service => [serviceChain(service, podCidr), ...endpointChains(service)]),
  ]
}

const filterChains = (services: readonly ServicePort[]): readonly FirewallChain[] => {
  const rejected = services
    .filter(service => service.endpoints.length === 0)
    .map(service =>
      ruleOf({
        ...toPort(service),
        matches: `${comment(`${service.title} has no endpoints`)} ${dport(service)}`,
        target: 'REJECT',
        targetOptions: '--reject-with icmp-port-unreachable',
      }),
    )
  const guarded = '! --ctstate RELATED,ESTABLISHED,DNAT'
  return [
    chain('KUBE-EXTERNAL-SERVICES'),
    chain('KUBE-FIREWALL', [
      ruleOf({
        source: '! 127.0.0.0/8',
        destination: '127.0.0.0/8',
        matches: `${comment('block incoming localnet connections')} -m conntrack ${guarded}`,
        target: 'DROP',
      }),
    ]),
    chain('KUBE-FORWARD', [
      ruleOf({ matches: '-m conntrack --ctstate INVALID', target: 'DROP' }),
      ruleOf({
        matches: `${comment('kubernetes forwarding rules')} -m mark --mark 0x4000/0x4000`,
        target: 'ACCEPT',
      }),
      ruleOf({
        matches: `${comment('kubernetes forwarding conntrack rule')} -m conntrack --ctstate RELATED,ESTABLISHED`,
        target: 'ACCEPT',
      }),
    ]),
    chain('KUBE-KUBELET-CANARY'),
    chain('KUBE-NODEPORTS'),
    chain('KUBE-PROXY-CANARY'),
    chain('KUBE-PROXY-FIREWALL'),
    chain('KUBE-SERVICES', rejected),
  ]
}

/** Tells two states of the services and their endpoints apart: the versions of all of them. */
export const serviceSignature = (store: KubeStore): string =>
  [...listObjects(store, 'Service'), ...listObjects(store, 'Endpoints')]
    .map(({ metadata }) => metadata.resourceVersion)
    .join(',')

/** The chains that kube-proxy would write now for the services and endpoints of a store. */
export const serviceChains = (store: KubeStore): ServiceChains => {
  const services = portsOf(store)
  return { filter: filterChains(services), nat: natChains(services, store.podCidr) }
}
