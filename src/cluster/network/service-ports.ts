import { minorIn } from '../kube/minor-version.ts'
import { remembering } from '../kube/remember.ts'
import { readyGroups } from '../relations/service-slices.ts'
import { base32Digest } from '../text/base32-digest.ts'
import type { KubeObject, KubeStore } from '../world/kube-object.ts'
import type { FirewallChain, FirewallRule } from '../world/network.ts'
import { chain, comment, ruleOf, shareOf } from './firewall-rule.ts'

type Port = {
  readonly name?: string
  readonly port: number
  readonly protocol?: string
  readonly nodePort?: number
}
type Endpoint = { readonly address: string; readonly port: number; readonly node: string | undefined }

const NAME_LETTERS = 16

// Every half minute all chains are named anew.
const chainSuffix = remembering((text): string => base32Digest(text).slice(0, NAME_LETTERS))

/** The ready endpoints of a service's port, by the port's name. */
const endpointsFor = (store: KubeStore, service: KubeObject, port: Port): readonly Endpoint[] => {
  const found = readyGroups(store, service).flatMap(({ ports, addresses }) => {
    const target = ports.find(({ name }) => name === (port.name ?? ''))
    return target === undefined
      ? []
      : addresses.map(({ address, node }) => ({ address, port: target.port, node }))
  })
  return [...new Map(found.map(one => [`${one.address}:${one.port}`, one])).values()]
}

/** A port of a service, with the endpoints that are ready. */
export type ServicePort = {
  readonly title: string
  readonly address: string
  readonly protocol: string
  readonly port: Port
  readonly endpoints: readonly Endpoint[]
  /** Whether what comes from outside must go to a pod of the same node. */
  readonly staysLocal: boolean
  /** For how long a client is led to the same endpoint, in seconds. */
  readonly affinitySeconds: number | undefined
  /** The addresses by which its load balancer takes what comes from outside. */
  readonly balancers: readonly string[]
}

const AFFINITY_SECONDS = 10_800

const affinityOf = ({ spec }: KubeObject): number | undefined =>
  spec?.sessionAffinity === 'ClientIP'
    ? (spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? AFFINITY_SECONDS)
    : undefined

const balancersOf = ({ spec, status }: KubeObject): readonly string[] =>
  spec?.type === 'LoadBalancer'
    ? (status?.loadBalancer?.ingress ?? []).flatMap(({ ip }: { ip?: string }) =>
        ip === undefined ? [] : [ip],
      )
    : []

/** Whether something leads to a service's port from outside. */
export const isExternal = ({ port, balancers }: ServicePort): boolean =>
  port.nodePort !== undefined || balancers.length > 0

/** The first minor release whose kube-proxy says nothing of a port without a name. */
const OMITS_NO_NAME = 18

const titleOf = (store: KubeStore, { metadata }: KubeObject, { name }: Port): string => {
  const known = name ?? (minorIn(store.version) >= OMITS_NO_NAME ? undefined : '')
  return `${metadata.namespace}/${metadata.name}${known === undefined ? '' : `:${known}`}`
}

/** The ports of all services that have an address. */
export const portsOf = (store: KubeStore): readonly ServicePort[] =>
  [...store.objects.values()]
    .filter(object => object.kind === 'Service' && /^\d/.test(object.spec?.clusterIP ?? ''))
    .flatMap(service =>
      ((service.spec?.ports ?? []) as Port[]).map(port => ({
        title: titleOf(store, service, port),
        address: service.spec.clusterIP as string,
        protocol: (port.protocol ?? 'TCP').toLowerCase(),
        port,
        endpoints: endpointsFor(store, service, port),
        staysLocal: service.spec.externalTrafficPolicy === 'Local',
        affinitySeconds: affinityOf(service),
        balancers: balancersOf(service),
      })),
    )

/** What leads to a service's port by its address. */
export const toPort = ({ protocol, address, port }: ServicePort): Partial<FirewallRule> => ({
  protocol,
  destination: `${address}/32`,
  destinationPort: port.port,
})

/** The match of a service's port. */
export const dport = ({ protocol, port }: ServicePort): string => `-m ${protocol} --dport ${port.port}`

/** The chain of a service's port: its own, for what comes from outside, or for that within the node. */
export const nameOf = (kind: 'SVC' | 'EXT' | 'SVL', { title, protocol }: ServicePort): string =>
  `KUBE-${kind}-${chainSuffix(title + protocol)}`

/** The chain of a service's port. */
export const serviceChainName = (service: ServicePort): string => nameOf('SVC', service)

/** How exactly kube-proxy asks for a share. */
const SHARE_DIGITS = 10

const BY_CLIENT = '--mask 255.255.255.255 --rsource'

/** The chain that leads to an endpoint of a service's port. */
export const endpointChainName = ({ title, protocol }: ServicePort, { address, port }: Endpoint): string =>
  `KUBE-SEP-${chainSuffix(`${title}${protocol}${address}:${port}`)}`

/** The chains that lead to the endpoints of a service's port. */
export const endpointChains = (service: ServicePort): readonly FirewallChain[] =>
  service.endpoints.map(endpoint => {
    const { address, port } = endpoint
    const name = endpointChainName(service, endpoint)
    const noted = service.affinitySeconds === undefined ? '' : ` -m recent --set --name ${name} ${BY_CLIENT}`
    return chain(name, [
      ruleOf({ source: `${address}/32`, matches: comment(service.title), target: 'KUBE-MARK-MASQ' }),
      ruleOf({
        protocol: service.protocol,
        matches: `${comment(service.title)}${noted} -m ${service.protocol}`,
        target: 'DNAT',
        targetOptions: `--to-destination ${address}:${port}`,
      }),
    ])
  })

/** Rules that spread what comes among the endpoints of a service. */
export const choicesOf = (service: ServicePort): readonly FirewallRule[] => {
  const rules = endpointChains(service).map(({ name }, index) => {
    const end = service.endpoints[index]
    const title = comment(`${service.title} -> ${end?.address}:${end?.port}`)
    const left = service.endpoints.length - index
    const probability =
      left > 1 ? ` -m statistic --mode random --probability ${shareOf((1 / left).toFixed(SHARE_DIGITS))}` : ''
    const known = ` -m recent --rcheck --seconds ${service.affinitySeconds} --reap --name ${name} ${BY_CLIENT}`
    return {
      known: ruleOf({ matches: `${title}${known}`, target: name }),
      chosen: ruleOf({ matches: `${title}${probability}`, target: name }),
    }
  })
  return [
    ...(service.affinitySeconds === undefined ? [] : rules.map(({ known }) => known)),
    ...rules.map(({ chosen }) => chosen),
  ]
}
