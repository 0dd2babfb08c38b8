import { listObjects } from '../../kube/store.ts'
import { hasAddress } from '../../relations/find-machine.ts'
import { inStep } from '../../relations/in-step.ts'
import type { Sandbox } from '../../world/container.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { Machine } from '../../world/machine.ts'
import type { AddressSet, FirewallChain, FirewallRule } from '../../world/network.ts'
import type { World } from '../../world/world.ts'
import { appliesTo, selects } from '../network-policy.ts'
import { calicoPort } from '../pod-port.ts'
import { type Endpoint, endpointChains } from './endpoint-chains.ts'
import { type FelixChain, heldChain, heldRules } from './felix-chain.ts'
import type { Allowing } from './felix-rule.ts'
import { calicoPolicy, policyParts } from './policy-chains.ts'
import { type FelixTable, firstRules, lastRules, SETS, staticChains } from './static-chains.ts'

/** A table of the kernel's as Felix wants it: its own chains, and its rules first and last in those of the kernel. */
export type WantedTable = {
  readonly own: readonly FirewallChain[]
  readonly first: ReadonlyMap<string, readonly FirewallRule[]>
  readonly last: ReadonlyMap<string, readonly FirewallRule[]>
  /** Whether even its first rules are to stand behind those of others. */
  readonly isBehind: boolean
}

const policiesOn = (
  world: World,
  { namespace, labels }: Sandbox,
  direction: 'Ingress' | 'Egress',
): readonly string[] =>
  listObjects(world.kube, 'NetworkPolicy', namespace)
    .filter(policy => appliesTo(policy, direction) && selects(policy.spec?.podSelector ?? {}, labels))
    .map(calicoPolicy)

const accountOf = ({ kube }: World, { namespace, name }: Sandbox): string =>
  kube.objects.get(`Pod/${namespace}/${name}`)?.spec?.serviceAccountName ?? 'default'

const endpointOf = (world: World, host: Machine, sandbox: Sandbox): readonly Endpoint[] => {
  const device = calicoPort(host, sandbox)
  if (device === undefined) return []
  const { namespace } = sandbox
  return [
    {
      device,
      profiles: [`kns.${namespace}`, `ksa.${namespace}.${accountOf(world, sandbox)}`],
      ingress: policiesOn(world, sandbox, 'Ingress'),
      egress: policiesOn(world, sandbox, 'Egress'),
    },
  ]
}

/** The pods of a machine that Felix guards. */
export const guardedPods = ({ runtime }: Machine): readonly Sandbox[] =>
  (runtime?.sandboxes ?? []).filter(
    ({ state, isHostNetwork, address }) => state === 'ready' && !isHostNetwork && address !== undefined,
  )

const objectVersions = (objects: readonly KubeObject[]): string =>
  objects.map(({ metadata }) => metadata.resourceVersion).join(',')

/** Tells two states of all policies, and of the pods that they may name, apart. */
const policySignature = (world: World): string =>
  inStep(world, 'policy-signature', () => {
    const policies = listObjects(world.kube, 'NetworkPolicy')
    if (policies.length === 0) return ''
    const pods = listObjects(world.kube, 'Pod').map(
      ({ metadata, status }) =>
        `${metadata.uid} ${status?.podIP ?? ''} ${status?.phase ?? ''} ${metadata.generation ?? ''}`,
    )
    return `${objectVersions(policies)} ${objectVersions(listObjects(world.kube, 'Namespace'))} ${pods.join()}`
  })

/** The addresses of the cluster's nodes. */
const nodeAddresses = ({ kube }: World): readonly string[] =>
  listObjects(kube, 'Node')
    .flatMap(({ status }): readonly KubeValue[] => status?.addresses ?? [])
    .flatMap(({ type, address }) => (type === 'InternalIP' ? [String(address)] : []))

const settings = ({ kube }: World): KubeValue => kube.objects.get('FelixConfiguration//default')?.spec

/** Whether Calico's settings put its rules behind those that others have in the kernel's chains. */
const isBehind = (world: World): boolean => /^append$/i.test(settings(world)?.chainInsertMode ?? '')

/** Whether by Calico's settings the kernel's chains have the last word on what policies accept. */
const allowingOf = (world: World): Allowing =>
  /^return$/i.test(settings(world)?.iptablesFilterAllowAction ?? '') ? 'leave' : 'accept'

/** Tells apart what Felix would write on a machine. */
export const felixSignature = (world: World, machine: Machine): string =>
  [
    ...guardedPods(machine).map(({ id, isWired }) => `${id} ${isWired ?? ''}`),
    policySignature(world),
    nodeAddresses(world).join(),
    isBehind(world),
    allowingOf(world),
  ].join(' ')

const localAddresses = ({ interfaces }: Machine): readonly string[] => [
  ...new Set(interfaces.flatMap(({ addresses }) => addresses.map(own => own.split('/')[0] ?? ''))),
]

const staticSets = (world: World, host: Machine): readonly AddressSet[] => {
  const ends = nodeAddresses(world).filter(address => !hasAddress(host, address))
  return [
    { name: SETS.allPools, type: 'hash:net', members: [world.kube.podCidr] },
    { name: SETS.masqueraded, type: 'hash:net', members: [world.kube.podCidr] },
    { name: SETS.thisHost, type: 'hash:ip', members: localAddresses(host) },
    { name: SETS.tunnelEnds, type: 'hash:net', members: ends },
  ]
}

const heldByName = (chains: readonly FelixChain[]): ReadonlyMap<string, readonly FirewallRule[]> =>
  new Map(chains.map(chain => [chain.name, heldRules(chain)]))

const nothing: ReadonlyMap<string, readonly FirewallRule[]> = new Map()

/** Everything that Felix wants in a machine's packet filter, and the sets of addresses that it asks there. */
export const felixTables = (
  world: World,
  host: Machine,
): { readonly tables: Readonly<Record<FelixTable, WantedTable>>; readonly sets: AddressSet[] } => {
  const endpoints = guardedPods(host).flatMap(sandbox => endpointOf(world, host, sandbox))
  const policies = policyParts(
    world,
    new Set(endpoints.flatMap(({ ingress, egress }) => [...ingress, ...egress])),
  )
  const allowing = allowingOf(world)
  const table = (name: FelixTable, more: readonly FelixChain[] = []): WantedTable => ({
    own: [...staticChains(allowing)[name], ...more].map(heldChain),
    first: heldByName(firstRules[name]),
    last: name === 'filter' ? new Map([['FORWARD', heldRules(lastRules(allowing))]]) : nothing,
    isBehind: isBehind(world),
  })
  return {
    tables: {
      raw: table('raw'),
      mangle: table('mangle'),
      nat: table('nat'),
      filter: table('filter', [...endpointChains(endpoints, allowing), ...policies.chains]),
    },
    sets: [...staticSets(world, host), ...policies.sets],
  }
}
