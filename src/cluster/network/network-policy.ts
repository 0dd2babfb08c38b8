import { listObjects } from '../kube/store.ts'
import type { KubeObject } from '../world/kube-object.ts'
import type { World } from '../world/world.ts'
import { isInNetwork } from './addresses.ts'
import { calicoPort } from './pod-port.ts'
import type { Station } from './station.ts'

/** A connection that policies are asked about. */
export type PolicyQuestion = {
  readonly from: Station
  readonly to: Station
  readonly protocol: 'tcp' | 'udp' | 'icmp'
  readonly source: string
  readonly destination: string
  readonly port: number
}

type Labels = Readonly<Record<string, string>> | undefined
type Selector = {
  readonly matchLabels?: Record<string, string>
  readonly matchExpressions?: { key: string; operator: string; values?: string[] }[]
}
/** Whom a policy's rule names. */
export type Peer = {
  readonly podSelector?: Selector
  readonly namespaceSelector?: Selector
  readonly ipBlock?: { cidr: string; except?: string[] }
}
/** What a policy allows. */
export type PolicyRule = {
  readonly from?: Peer[]
  readonly to?: Peer[]
  readonly ports?: { port?: number | string; endPort?: number; protocol?: string }[]
}

/** Whether a selector chooses what has these labels. */
export const selects = (selector: Selector, labels: Labels): boolean =>
  Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels?.[key] === value) &&
  (selector.matchExpressions ?? []).every(({ key, operator, values = [] }) => {
    const value = labels?.[key]
    if (operator === 'Exists') return value !== undefined
    if (operator === 'DoesNotExist') return value === undefined
    const isIn = value !== undefined && values.includes(value)
    return operator === 'In' ? isIn : !isIn
  })

/** The labels of a namespace, with the one that each has by its name. */
export const namespaceLabels = (world: World, name: string): Labels => ({
  'kubernetes.io/metadata.name': name,
  ...world.kube.objects.get(`Namespace//${name}`)?.metadata.labels,
})

const policiesOn = (world: World, { host, sandbox }: Station): readonly KubeObject[] =>
  sandbox === undefined || calicoPort(host, sandbox) !== undefined
    ? []
    : listObjects(world.kube, 'NetworkPolicy', sandbox.namespace).filter(object =>
        selects(object.spec?.podSelector ?? {}, sandbox.labels),
      )

const isPeer = (
  world: World,
  peer: Peer,
  other: { readonly station: Station; readonly address: string; readonly namespace: string },
): boolean => {
  if (peer.ipBlock !== undefined)
    return (
      isInNetwork(other.address, peer.ipBlock.cidr) &&
      !(peer.ipBlock.except ?? []).some(network => isInNetwork(other.address, network))
    )
  const { sandbox } = other.station
  if (sandbox === undefined) return false
  const isNamespace =
    peer.namespaceSelector === undefined
      ? sandbox.namespace === other.namespace
      : selects(peer.namespaceSelector, namespaceLabels(world, sandbox.namespace))
  return isNamespace && (peer.podSelector === undefined || selects(peer.podSelector, sandbox.labels))
}

const opensPort = ({ ports }: PolicyRule, { port, protocol }: PolicyQuestion): boolean =>
  ports === undefined ||
  ports.some(
    entry =>
      (entry.protocol ?? 'TCP').toLowerCase() === protocol &&
      (entry.port === undefined || Number(entry.port) === port),
  )

/** Whether a policy says anything of what comes to its pods, or of what they send. */
export const appliesTo = (policy: KubeObject, direction: 'Ingress' | 'Egress'): boolean =>
  (
    policy.spec?.policyTypes ?? ['Ingress', ...(policy.spec?.egress === undefined ? [] : ['Egress'])]
  ).includes(direction)

const forbids = (world: World, question: PolicyQuestion, direction: 'Ingress' | 'Egress'): boolean => {
  const isIngress = direction === 'Ingress'
  const guarded = isIngress ? question.to : question.from
  const other = isIngress
    ? { station: question.from, address: question.source }
    : { station: question.to, address: question.destination }
  const policies = policiesOn(world, guarded).filter(policy => appliesTo(policy, direction))
  if (policies.length === 0) return false
  // What comes from the pod's own machine always passes: its kubelet probes it.
  if (isIngress && other.station.sandbox === undefined && other.station.host === guarded.host) return false
  return !policies.some(policy =>
    ((isIngress ? policy.spec?.ingress : policy.spec?.egress) ?? []).some((rule: PolicyRule) => {
      const peers = isIngress ? rule.from : rule.to
      const namespace = policy.metadata.namespace ?? ''
      const isAllowedPeer =
        peers === undefined || peers.some(peer => isPeer(world, peer, { ...other, namespace }))
      return isAllowedPeer && opensPort(rule, question)
    }),
  )
}

/**
 * Whether a NetworkPolicy forbids a connection between pods, or to or from one. Pods in their machine's network are not guarded; those of
 * Calico are guarded by the rules that Felix writes.
 */
export const isForbidden = (world: World, question: PolicyQuestion): boolean =>
  forbids(world, question, 'Egress') || forbids(world, question, 'Ingress')
