import { minorIn } from '../kube/minor-version.ts'
import { listObjects } from '../kube/store.ts'
import { readyObjects } from '../relations/service-slices.ts'
import type { KubeStore } from '../world/kube-object.ts'
import type { FirewallChain } from '../world/network.ts'
import { externalChains, type Place, toBalancers, turnedAway, withoutEndpoints } from './external-rules.ts'
import { chain, comment, ruleOf } from './firewall-rule.ts'
import { olderChains } from './older-service-rules.ts'
import { hasOlderProxy } from './service-jumps.ts'
import {
  choicesOf,
  dport,
  endpointChains,
  isExternal,
  nameOf,
  portsOf,
  type ServicePort,
  serviceChainName,
  toPort,
} from './service-ports.ts'

/** The chains that kube-proxy keeps in two tables. */
export type ServiceChains = {
  readonly filter: readonly FirewallChain[]
  readonly nat: readonly FirewallChain[]
}

const serviceChain = (service: ServicePort, podCidr: string): FirewallChain => {
  const masquerade = ruleOf({
    ...toPort(service),
    source: `! ${podCidr}`,
    matches: `${comment(`${service.title} cluster IP`)} ${dport(service)}`,
    target: 'KUBE-MARK-MASQ',
  })
  return chain(serviceChainName(service), [masquerade, ...choicesOf(service)])
}

const natChains = (services: readonly ServicePort[], place: Place): readonly FirewallChain[] => {
  const { podCidr, hasExternal } = place
  const served = services.filter(service => service.endpoints.length > 0)
  const toServices = served.flatMap(service => [
    ruleOf({
      ...toPort(service),
      matches: `${comment(`${service.title} cluster IP`)} ${dport(service)}`,
      target: serviceChainName(service),
    }),
    ...(hasExternal ? toBalancers(service) : []),
  ])
  const nodePorts = served.flatMap(service => {
    const { nodePort } = service.port
    if (nodePort === undefined) return []
    const matches = `${comment(service.title)} -m ${service.protocol} --dport ${nodePort}`
    return [
      ruleOf({
        protocol: service.protocol,
        destinationPort: nodePort,
        matches,
        target: nameOf(hasExternal ? 'EXT' : 'SVC', service),
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
    ...served.flatMap(service => [
      ...(hasExternal && isExternal(service) ? externalChains(service, place) : []),
      serviceChain(service, podCidr),
      ...endpointChains(service),
    ]),
  ]
}

const filterChains = (services: readonly ServicePort[], node: string): readonly FirewallChain[] => {
  const guarded = '! --ctstate RELATED,ESTABLISHED,DNAT'
  return [
    chain('KUBE-EXTERNAL-SERVICES', turnedAway(services, node)),
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
    chain('KUBE-SERVICES', withoutEndpoints(services)),
  ]
}

/** Tells two states of the services and their endpoints apart: the versions of all of them. */
export const serviceSignature = (store: KubeStore): string =>
  [...listObjects(store, 'Service'), ...readyObjects(store)]
    .map(({ metadata }) => metadata.resourceVersion)
    .join(',')

/** The first minor release whose kube-proxy has chains of their own for what comes from outside. */
const HAS_EXTERNAL = 24

/** The chains that the kube-proxy of a node would write now for the services and endpoints of a store. */
export const serviceChains = (store: KubeStore, node: string): ServiceChains => {
  const services = portsOf(store)
  if (hasOlderProxy(store)) return olderChains(services, { node, podCidr: store.podCidr })
  const hasExternal = minorIn(store.version) >= HAS_EXTERNAL
  return {
    filter: filterChains(services, node),
    nat: natChains(services, { node, podCidr: store.podCidr, hasExternal }),
  }
}
