import type { Machine } from '../world/machine.ts'
import type { FirewallChain, FirewallRule } from '../world/network.ts'
import type { World } from '../world/world.ts'
import { isLoopback } from './addresses.ts'
import { matchRule } from './match-rule.ts'

/** What a machine's service rules make of a destination. */
export type Translation =
  /** No rule is for it: it goes where it was sent. */
  | { readonly kind: 'none' }
  | { readonly kind: 'endpoint'; readonly address: string; readonly port: number }
  /** The service has no endpoints: a rule rejects it. */
  | { readonly kind: 'no-endpoints' }
  /** It comes from outside, and no endpoint of the node may have it: a rule drops it. */
  | { readonly kind: 'dropped' }

/** The destination that is translated; `pick` chooses among several endpoints, as chance would. */
export type Destination = {
  readonly address: string
  readonly port: number
  readonly protocol: 'tcp' | 'udp'
  readonly pick: number
  /** Whether it comes from another machine. */
  readonly isForeign?: boolean
}

const SECOND_MS = 1_000

/** Which of several endpoints a connection goes to: changes from second to second, as chance would have it. */
export const pickAt = (world: World): number => Math.floor(world.nowMs / SECOND_MS)

const none: Translation = { kind: 'none' }

const rulesOf = (chains: readonly FirewallChain[], name: string): readonly FirewallRule[] =>
  chains.find(chain => chain.name === name)?.rules ?? []

const firstMatch = (
  rules: readonly FirewallRule[],
  { address, port, protocol }: Destination,
  prefix: string,
) => {
  const packet = {
    protocol,
    source: '0.0.0.0',
    destination: address,
    port,
    inInterface: '',
    outInterface: '',
  }
  const own = `${address}/32`
  return rules.find(
    rule =>
      (rule.destination === own || rule.destination === '') &&
      rule.target.startsWith(prefix) &&
      matchRule(rule, packet),
  )
}

const endpointIn = (chains: readonly FirewallChain[], chain: string): Translation | undefined => {
  for (const rule of rulesOf(chains, chain)) {
    const [, address, port] = /--to-destination\s+([\d.]+):(\d+)/.exec(rule.targetOptions) ?? []
    if (address !== undefined) return { kind: 'endpoint', address, port: Number(port) }
  }
  return undefined
}

const chosenEndpoint = (chains: readonly FirewallChain[], chain: string, pick: number): Translation => {
  const rules = rulesOf(chains, chain)
  const service = rules.find(({ target }) => target.startsWith('KUBE-SVC-'))?.target
  if (service !== undefined) return chosenEndpoint(chains, service, pick)
  const choices = rules.filter(({ target }) => target.startsWith('KUBE-SEP-'))
  const endpoints = [...new Set(choices.map(({ target }) => target))]
  // A client that is led by its address to where it went before stays with the first that it was given.
  const isHeld = choices.some(({ matches }) => matches.includes('-m recent --rcheck'))
  const chosen = endpoints[isHeld ? 0 : Math.abs(pick) % Math.max(1, endpoints.length)]
  return (chosen === undefined ? undefined : endpointIn(chains, chosen)) ?? none
}

const isOwn = (machine: Machine, address: string): boolean =>
  isLoopback(address) ||
  machine.interfaces.some(device => device.addresses.some(own => own.split('/')[0] === address))

/** A rule as it is for an address of the machine itself. */
const forOwn = (rule: FirewallRule): FirewallRule => ({
  ...rule,
  matches: rule.matches.replace('-m addrtype --dst-type LOCAL ', ''),
})

/** What the service rules of a machine (those that kube-proxy writes to nat and filter) make of a destination. */
export const translateService = (machine: Machine, destination: Destination): Translation => {
  const { nat, filter } = machine.firewall
  const rejected = firstMatch(rulesOf(filter, 'KUBE-SERVICES'), destination, 'REJECT')
  if (rejected !== undefined) return { kind: 'no-endpoints' }
  const service = firstMatch(rulesOf(nat, 'KUBE-SERVICES'), destination, 'KUBE-SVC-')
  if (service !== undefined) return chosenEndpoint(nat, service.target, destination.pick)
  const balanced = firstMatch(rulesOf(nat, 'KUBE-SERVICES'), destination, 'KUBE-EXT-')
  if (balanced === undefined && !isOwn(machine, destination.address)) return none
  const nodePorts = rulesOf(nat, 'KUBE-NODEPORTS').filter(({ target }) => target !== 'KUBE-MARK-MASQ')
  const port = balanced ?? firstMatch(nodePorts, destination, 'KUBE-')
  if (destination.isForeign === true) {
    const outside = rulesOf(filter, 'KUBE-EXTERNAL-SERVICES').map(forOwn)
    if (firstMatch(outside, destination, 'DROP') !== undefined) return { kind: 'dropped' }
    if (firstMatch(outside, destination, 'REJECT') !== undefined) return { kind: 'no-endpoints' }
    const local = rulesOf(nat, port?.target ?? '').find(({ target }) => target.startsWith('KUBE-SVL-'))
    if (local !== undefined) return chosenEndpoint(nat, local.target, destination.pick)
  }
  return port === undefined ? none : chosenEndpoint(nat, port.target, destination.pick)
}
