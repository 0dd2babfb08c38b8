import { getObject, listObjects } from '../../kube/store.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { AddressSet } from '../../world/network.ts'
import type { World } from '../../world/world.ts'
import { appliesTo, namespaceLabels, type Peer, type PolicyRule, selects } from '../network-policy.ts'
import { type FelixChain, hashedName, limitedName } from './felix-chain.ts'
import { does, type FelixRule, MARKS, type Phrase, when } from './felix-rule.ts'

/** The chains of policies, and the sets of pods that they ask. */
export type PolicyParts = { readonly chains: readonly FelixChain[]; readonly sets: readonly AddressSet[] }

type Side = { readonly isIngress: boolean; readonly set: 'src' | 'dst' }

const SET_LETTERS = 31

/** The name that Calico gives to a policy of Kubernetes. */
export const calicoPolicy = ({ metadata: { namespace, name } }: KubeObject): string =>
  `${namespace}/knp.default.${name}`

const hasAddress = ({ spec, status }: KubeObject): boolean =>
  spec?.hostNetwork !== true && status?.podIP !== undefined && !/Succeeded|Failed/.test(status.phase)

/** A peer by its selectors: a set of the pods that they choose, named by what they say. */
const setOf = (world: World, peer: Peer, namespace: string): AddressSet => {
  const { namespaceSelector, podSelector = {} } = peer
  const members = listObjects(world.kube, 'Pod')
    .filter(
      pod =>
        hasAddress(pod) &&
        selects(podSelector, pod.metadata.labels) &&
        (namespaceSelector === undefined
          ? pod.metadata.namespace === namespace
          : selects(namespaceSelector, namespaceLabels(world, pod.metadata.namespace ?? ''))),
    )
    .map(({ status }) => String(status?.podIP))
  const content = JSON.stringify([namespaceSelector ?? namespace, podSelector])
  return { name: `cali40${hashedName('s', content)}`.slice(0, SET_LETTERS), type: 'hash:net', members }
}

const SCRATCH = MARKS.scratch + MARKS.other

/** Who may come, or be gone to: what comes before the rule for it, and what the rule asks. */
const blockOf = (
  { cidr, except = [] }: { cidr: string; except?: string[] },
  { isIngress }: Side,
): readonly [before: readonly FelixRule[], asks: readonly Phrase[]] => {
  const net = isIngress ? when.source : when.destination
  if (except.length === 0) return [[], [net(cidr)]]
  return [
    [
      { does: does.set(MARKS.scratch, SCRATCH) },
      ...except.map(network => ({ when: [net(network)], does: does.clear(MARKS.scratch) })),
    ],
    [net(cidr), when.marked(MARKS.scratch)],
  ]
}

type Opening = { readonly protocol: string | undefined; readonly ports: string | undefined }

const numberOf = (world: World, port: KubeValue): string => {
  if (!Number.isNaN(Number(port))) return String(port)
  const named = listObjects(world.kube, 'Pod')
    .flatMap(({ spec }): readonly KubeValue[] => spec?.containers ?? [])
    .flatMap(({ ports }): readonly KubeValue[] => ports ?? [])
    .find(({ name }) => name === port)
  return String(named?.containerPort ?? 0)
}

/** The ports that a rule opens, those of one protocol together. */
const openingsOf = (world: World, { ports }: PolicyRule): readonly Opening[] => {
  if (ports === undefined || ports.length === 0) return [{ protocol: undefined, ports: undefined }]
  const protocols = [...new Set(ports.map(({ protocol }) => (protocol ?? 'TCP').toLowerCase()))]
  return protocols.map(protocol => {
    const own = ports.filter(port => (port.protocol ?? 'TCP').toLowerCase() === protocol)
    const isWhole = own.some(({ port }) => port === undefined)
    const list = own.map(({ port, endPort }) =>
      endPort === undefined ? numberOf(world, port) : `${port}:${endPort}`,
    )
    return { protocol, ports: isWhole ? undefined : list.join(',') }
  })
}

type Asked = { readonly policy: KubeObject; readonly side: Side; readonly sets: Map<string, AddressSet> }

const rulesFor = (world: World, rule: PolicyRule, { policy, side, sets }: Asked): readonly FelixRule[] => {
  const listed = (side.isIngress ? rule.from : rule.to) ?? []
  const peers: readonly (Peer | undefined)[] = listed.length === 0 ? [undefined] : listed
  return openingsOf(world, rule).flatMap(({ protocol, ports }) =>
    peers.flatMap(peer => {
      const [before, block] = peer?.ipBlock === undefined ? [[], []] : blockOf(peer.ipBlock, side)
      const set =
        peer === undefined || peer.ipBlock !== undefined
          ? undefined
          : setOf(world, peer, policy.metadata.namespace ?? '')
      if (set !== undefined) sets.set(set.name, set)
      return [
        ...before,
        {
          when: [
            ...(protocol === undefined ? [] : [when.protocol(protocol)]),
            ...block.slice(0, 1),
            ...(set === undefined ? [] : [when.inSet(set.name, side.set)]),
            ...(ports === undefined ? [] : [when.ports(ports)]),
            ...block.slice(1),
          ],
          does: does.mark(MARKS.accept),
        },
        { when: [when.marked(MARKS.accept)], does: does.leave },
      ]
    }),
  )
}

const policyChain = (world: World, asked: Asked): FelixChain => {
  const { policy, side } = asked
  const name = calicoPolicy(policy)
  const listed: readonly PolicyRule[] = (side.isIngress ? policy.spec?.ingress : policy.spec?.egress) ?? []
  const rules = listed.flatMap(rule => rulesFor(world, rule, asked))
  const [first = { does: does.nothing }, ...others] = rules
  const comments = [`Policy ${name} ${side.isIngress ? 'ingress' : 'egress'}`]
  return {
    name: limitedName(side.isIngress ? 'cali-pi-' : 'cali-po-', name),
    rules: [{ ...first, comments }, ...others],
  }
}

/** What Felix writes for the policies of some names that act upon its machine's pods. */
export const policyParts = (world: World, names: ReadonlySet<string>): PolicyParts => {
  const sets = new Map<string, AddressSet>()
  const chains = [...names].flatMap(name => {
    const [namespace = '', own = ''] = name.split('/knp.default.')
    const policy = getObject(world.kube, { kind: 'NetworkPolicy', namespace, name: own })
    if (policy === undefined) return []
    return (
      [
        ['Ingress', { isIngress: true, set: 'src' }],
        ['Egress', { isIngress: false, set: 'dst' }],
      ] as const
    ).flatMap(([direction, side]) =>
      appliesTo(policy, direction) ? [policyChain(world, { policy, side, sets })] : [],
    )
  })
  return { chains, sets: [...sets.values()] }
}
