import type { FirewallChain, FirewallRule } from '../world/network.ts'
import { turnedAway, withoutEndpoints } from './external-rules.ts'
import { chain, comment, ruleOf, shareOf } from './firewall-rule.ts'
import { dport, endpointChainName, type ServicePort, serviceChainName, toPort } from './service-ports.ts'

type Place = { readonly node: string; readonly podCidr: string }

/** How exactly an older kube-proxy asks for a share. */
const SHARE_DIGITS = 5

const BY_CLIENT = '--mask 255.255.255.255 --rsource'

const endpointChains = (service: ServicePort): readonly FirewallChain[] =>
  service.endpoints.map(endpoint => {
    const name = endpointChainName(service, endpoint)
    const noted = service.affinitySeconds === undefined ? '' : `-m recent --set --name ${name} ${BY_CLIENT} `
    return chain(name, [
      ruleOf({ source: `${endpoint.address}/32`, target: 'KUBE-MARK-MASQ' }),
      ruleOf({
        protocol: service.protocol,
        matches: `${noted}-m ${service.protocol}`,
        target: 'DNAT',
        targetOptions: `--to-destination ${endpoint.address}:${endpoint.port}`,
      }),
    ])
  })

const serviceChain = (service: ServicePort): FirewallChain => {
  const { endpoints, affinitySeconds } = service
  const names = endpoints.map(endpoint => endpointChainName(service, endpoint))
  const known = (name: string): string =>
    `-m recent --rcheck --seconds ${affinitySeconds} --reap --name ${name} ${BY_CLIENT}`
  const chosen = (left: number): string =>
    left > 1 ? `-m statistic --mode random --probability ${shareOf((1 / left).toFixed(SHARE_DIGITS))}` : ''
  return chain(serviceChainName(service), [
    ...(affinitySeconds === undefined
      ? []
      : names.map(name => ruleOf({ matches: known(name), target: name }))),
    ...names.map((name, index) => ruleOf({ matches: chosen(names.length - index), target: name })),
  ])
}

const toService = (service: ServicePort, podCidr: string): readonly FirewallRule[] => {
  const matches = `${comment(`${service.title} cluster IP`)} ${dport(service)}`
  return [
    ruleOf({ ...toPort(service), source: `! ${podCidr}`, matches, target: 'KUBE-MARK-MASQ' }),
    ruleOf({ ...toPort(service), matches, target: serviceChainName(service) }),
  ]
}

const toNodePort = (service: ServicePort): readonly FirewallRule[] => {
  const { protocol, title, port } = service
  if (port.nodePort === undefined) return []
  const rule = {
    protocol,
    destinationPort: port.nodePort,
    matches: `${comment(title)} -m ${protocol} --dport ${port.nodePort}`,
  }
  return ['KUBE-MARK-MASQ', serviceChainName(service)].map(target => ruleOf({ ...rule, target }))
}

const marked = (text: string, mark: string): string => `${comment(text)} -m mark --mark ${mark}/${mark}`

const natChains = (services: readonly ServicePort[], { podCidr }: Place): readonly FirewallChain[] => {
  const served = services.filter(({ endpoints }) => endpoints.length > 0)
  return [
    chain('KUBE-MARK-DROP', [ruleOf({ target: 'MARK', targetOptions: '--set-xmark 0x8000/0x8000' })]),
    chain('KUBE-MARK-MASQ', [ruleOf({ target: 'MARK', targetOptions: '--set-xmark 0x4000/0x4000' })]),
    chain('KUBE-NODEPORTS', served.flatMap(toNodePort)),
    chain('KUBE-POSTROUTING', [
      ruleOf({
        matches: marked('kubernetes service traffic requiring SNAT', '0x4000'),
        target: 'MASQUERADE',
      }),
    ]),
    chain('KUBE-SERVICES', [
      ...served.flatMap(service => toService(service, podCidr)),
      ruleOf({
        matches: `${comment('kubernetes service nodeports; NOTE: this must be the last rule in this chain')} -m addrtype --dst-type LOCAL`,
        target: 'KUBE-NODEPORTS',
      }),
    ]),
    ...served.flatMap(service => [serviceChain(service), ...endpointChains(service)]),
  ]
}

const filterChains = (
  services: readonly ServicePort[],
  { node, podCidr }: Place,
): readonly FirewallChain[] => {
  const known = (end: string): string =>
    `${comment(`kubernetes forwarding conntrack pod ${end} rule`)} -m conntrack --ctstate RELATED,ESTABLISHED`
  return [
    chain('KUBE-EXTERNAL-SERVICES', turnedAway(services, node)),
    chain('KUBE-FIREWALL', [
      ruleOf({
        matches: marked('kubernetes firewall for dropping marked packets', '0x8000'),
        target: 'DROP',
      }),
    ]),
    chain('KUBE-FORWARD', [
      ruleOf({ matches: marked('kubernetes forwarding rules', '0x4000'), target: 'ACCEPT' }),
      ruleOf({ source: podCidr, matches: known('source'), target: 'ACCEPT' }),
      ruleOf({ destination: podCidr, matches: known('destination'), target: 'ACCEPT' }),
    ]),
    chain('KUBE-SERVICES', withoutEndpoints(services)),
  ]
}

/** The chains that the kube-proxy of releases as old as 1.14 writes, and its kubelet. */
export const olderChains = (services: readonly ServicePort[], place: Place) => ({
  filter: filterChains(services, place),
  nat: natChains(services, place),
})
