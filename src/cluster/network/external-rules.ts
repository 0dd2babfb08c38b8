import type { FirewallChain, FirewallRule } from '../world/network.ts'
import { chain, comment, ruleOf } from './firewall-rule.ts'
import {
  choicesOf,
  dport,
  isExternal,
  nameOf,
  type ServicePort,
  serviceChainName,
  toPort,
} from './service-ports.ts'

/** The node whose rules are written, in which cluster. */
export type Place = { readonly node: string; readonly podCidr: string; readonly hasExternal: boolean }

const onNode = (service: ServicePort, node: string): ServicePort => ({
  ...service,
  endpoints: service.endpoints.filter(end => end.node === node),
})

/** Where what comes to a port of the node goes: to all endpoints, or to those of this node alone. */
export const externalChains = (service: ServicePort, { node, podCidr }: Place): readonly FirewallChain[] => {
  const { title, staysLocal } = service
  const target = serviceChainName(service)
  const about = (what: string): string => comment(`${what} for ${title} external destinations`)
  if (!staysLocal)
    return [
      chain(nameOf('EXT', service), [
        ruleOf({ matches: about('masquerade traffic'), target: 'KUBE-MARK-MASQ' }),
        ruleOf({ target }),
      ]),
    ]
  const local = onNode(service, node)
  const own = '-m addrtype --src-type LOCAL'
  return [
    chain(nameOf('EXT', service), [
      ruleOf({ source: podCidr, matches: about('pod traffic'), target }),
      ruleOf({ matches: `${about('masquerade LOCAL traffic')} ${own}`, target: 'KUBE-MARK-MASQ' }),
      ruleOf({ matches: `${about('route LOCAL traffic')} ${own}`, target }),
      ...(local.endpoints.length === 0 ? [] : [ruleOf({ target: nameOf('SVL', service) })]),
    ]),
    ...(local.endpoints.length === 0 ? [] : [chain(nameOf('SVL', service), choicesOf(local))]),
  ]
}

/** What comes from outside for a service without an endpoint that may have it. */
export const turnedAway = (services: readonly ServicePort[], node: string): readonly FirewallRule[] =>
  services.flatMap(service => {
    const { title, protocol, port, staysLocal, endpoints } = service
    const isEmpty = endpoints.length === 0
    if (!isExternal(service)) return []
    if (!isEmpty && (!staysLocal || onNode(service, node).endpoints.length > 0)) return []
    const why = isEmpty ? 'has no endpoints' : 'has no local endpoints'
    const fate = isEmpty
      ? { target: 'REJECT', targetOptions: '--reject-with icmp-port-unreachable' }
      : { target: 'DROP' }
    const matches = comment(`${title} ${why}`)
    return [
      ...service.balancers.map(address =>
        ruleOf({
          ...toPort({ ...service, address }),
          matches: `${matches} ${dport(service)}`,
          ...fate,
        }),
      ),
      ...(port.nodePort === undefined
        ? []
        : [
            ruleOf({
              protocol,
              destinationPort: port.nodePort,
              matches: `${matches} -m addrtype --dst-type LOCAL -m ${protocol} --dport ${port.nodePort}`,
              ...fate,
            }),
          ]),
    ]
  })

/** What leads by the addresses of a load balancer to a service's port. */
export const toBalancers = (service: ServicePort): readonly FirewallRule[] =>
  service.balancers.map(address =>
    ruleOf({
      ...toPort({ ...service, address }),
      matches: `${comment(`${service.title} loadbalancer IP`)} ${dport(service)}`,
      target: nameOf('EXT', service),
    }),
  )

/** What refuses a service's port that has no endpoint. */
export const withoutEndpoints = (services: readonly ServicePort[]): readonly FirewallRule[] =>
  services
    .filter(({ endpoints }) => endpoints.length === 0)
    .map(service =>
      ruleOf({
        ...toPort(service),
        matches: `${comment(`${service.title} has no endpoints`)} ${dport(service)}`,
        target: 'REJECT',
        targetOptions: '--reject-with icmp-port-unreachable',
      }),
    )
