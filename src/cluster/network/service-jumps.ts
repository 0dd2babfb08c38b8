import { minorIn } from '../kube/minor-version.ts'
import type { KubeStore } from '../world/kube-object.ts'
import type { FirewallRule } from '../world/network.ts'
import { ruleOf } from './firewall-rule.ts'

/** The rules that lead from the kernel's chains of two tables to those of kube-proxy and kubelet. */
export type ServiceJumps = Readonly<
  Record<'filter' | 'nat', Readonly<Record<string, readonly FirewallRule[]>>>
>

const newer: ServiceJumps = {
  filter: {
    INPUT: [
      ruleOf({
        matches: '-m conntrack --ctstate NEW -m comment --comment "kubernetes load balancer firewall"',
        target: 'KUBE-PROXY-FIREWALL',
      }),
      ruleOf({
        matches: '-m comment --comment "kubernetes health check service ports"',
        target: 'KUBE-NODEPORTS',
      }),
      ruleOf({
        matches:
          '-m conntrack --ctstate NEW -m comment --comment "kubernetes externally-visible service portals"',
        target: 'KUBE-EXTERNAL-SERVICES',
      }),
      ruleOf({ target: 'KUBE-FIREWALL' }),
    ],
    FORWARD: [
      ruleOf({
        matches: '-m conntrack --ctstate NEW -m comment --comment "kubernetes load balancer firewall"',
        target: 'KUBE-PROXY-FIREWALL',
      }),
      ruleOf({ matches: '-m comment --comment "kubernetes forwarding rules"', target: 'KUBE-FORWARD' }),
      ruleOf({
        matches: '-m conntrack --ctstate NEW -m comment --comment "kubernetes service portals"',
        target: 'KUBE-SERVICES',
      }),
      ruleOf({
        matches:
          '-m conntrack --ctstate NEW -m comment --comment "kubernetes externally-visible service portals"',
        target: 'KUBE-EXTERNAL-SERVICES',
      }),
    ],
    OUTPUT: [
      ruleOf({
        matches: '-m conntrack --ctstate NEW -m comment --comment "kubernetes load balancer firewall"',
        target: 'KUBE-PROXY-FIREWALL',
      }),
      ruleOf({
        matches: '-m conntrack --ctstate NEW -m comment --comment "kubernetes service portals"',
        target: 'KUBE-SERVICES',
      }),
      ruleOf({ target: 'KUBE-FIREWALL' }),
    ],
  },
  nat: {
    PREROUTING: [
      ruleOf({ matches: '-m comment --comment "kubernetes service portals"', target: 'KUBE-SERVICES' }),
    ],
    OUTPUT: [
      ruleOf({ matches: '-m comment --comment "kubernetes service portals"', target: 'KUBE-SERVICES' }),
    ],
    POSTROUTING: [
      ruleOf({ matches: '-m comment --comment "kubernetes postrouting rules"', target: 'KUBE-POSTROUTING' }),
    ],
  },
}

const external = ruleOf({
  matches: '-m conntrack --ctstate NEW -m comment --comment "kubernetes externally-visible service portals"',
  target: 'KUBE-EXTERNAL-SERVICES',
})
const portals = ruleOf({
  matches: '-m conntrack --ctstate NEW -m comment --comment "kubernetes service portals"',
  target: 'KUBE-SERVICES',
})

const older: ServiceJumps = {
  filter: {
    INPUT: [external, ruleOf({ target: 'KUBE-FIREWALL' })],
    FORWARD: [
      ruleOf({ matches: '-m comment --comment "kubernetes forwarding rules"', target: 'KUBE-FORWARD' }),
      portals,
    ],
    OUTPUT: [portals, ruleOf({ target: 'KUBE-FIREWALL' })],
  },
  nat: newer.nat,
}

/** The first minor release whose kube-proxy writes its rules as it does now. */
const IS_NEWER = 20

/** Whether the kube-proxy of a cluster writes the rules of older releases. */
export const hasOlderProxy = ({ version }: KubeStore): boolean => minorIn(version) < IS_NEWER

/** The jumps that a cluster's kube-proxy and kubelet write. */
export const serviceJumps = (store: KubeStore): ServiceJumps => (hasOlderProxy(store) ? older : newer)
