import type { FirewallChain, FirewallRule } from '../world/network.ts'
import { chain, comment, ruleOf } from './firewall-rule.ts'
import { choicesOf, nameOf, type ServicePort, serviceChainName } from './service-ports.ts'

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
    if (port.nodePort === undefined) return []
    if (!isEmpty && (!staysLocal || onNode(service, node).endpoints.length > 0)) return []
    const why = isEmpty ? 'has no endpoints' : 'has no local endpoints'
    return [
      ruleOf({
        protocol,
        destinationPort: port.nodePort,
        matches: `${comment(`${title} ${why}`)} -m addrtype --dst-type LOCAL -m ${protocol} --dport ${port.nodePort}`,
        ...(isEmpty
          ? { target: 'REJECT', targetOptions: '--reject-with icmp-port-unreachable' }
          : { target: 'DROP' }),
      }),
    ]
  })
