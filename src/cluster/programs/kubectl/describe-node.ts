import { minorOf } from '../../kube/minor-version.ts'
import { containerSpecs } from '../../kube/pod.ts'
import { bytesText, coresText, numberOf } from '../../kube/quantity.ts'
import { getObject } from '../../kube/store.ts'
import { humanDuration, msOf, rfc1123Of } from '../../kube/times.ts'
import { isFinished, podsOn } from '../../relations/pods.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { rolesOf } from './cells.ts'
import { eventsText, indentedTable, mapRows, type Row, rowsText, taintText } from './describe-parts.ts'

const sum = (
  pod: KubeObject,
  { side, what }: { side: 'requests' | 'limits'; what: 'cpu' | 'memory' },
): number => containerSpecs(pod).reduce((total, spec) => total + numberOf(spec.resources?.[side]?.[what]), 0)

const share = (part: number, whole: number): string =>
  `(${whole === 0 ? 0 : Math.floor((part / whole) * 100)}%)`

const podRow = (pod: KubeObject, node: KubeObject, nowMs: number): readonly string[] => {
  const cpu = numberOf(node.status?.allocatable?.cpu)
  const memory = numberOf(node.status?.allocatable?.memory)
  const cell = (side: 'requests' | 'limits', what: 'cpu' | 'memory'): string => {
    const amount = sum(pod, { side, what })
    return `${what === 'cpu' ? coresText(amount) : bytesText(amount)} ${share(amount, what === 'cpu' ? cpu : memory)}`
  }
  return [
    pod.metadata.namespace ?? '',
    pod.metadata.name,
    '',
    cell('requests', 'cpu'),
    cell('limits', 'cpu'),
    cell('requests', 'memory'),
    cell('limits', 'memory'),
    humanDuration(nowMs - msOf(pod.metadata.creationTimestamp)),
  ]
}

const allocated = (pods: readonly KubeObject[], node: KubeObject): string => {
  const total = (side: 'requests' | 'limits', what: 'cpu' | 'memory'): string => {
    const amount = pods.reduce((all, pod) => all + sum(pod, { side, what }), 0)
    const whole = numberOf(node.status?.allocatable?.[what])
    return `${what === 'cpu' ? coresText(Math.round(amount * 1000) / 1000) : bytesText(amount)} ${share(amount, whole)}`
  }
  const nothing = '0 (0%)'
  return `Allocated resources:\n  (Total limits may be over 100 percent, i.e., overcommitted.)\n${indentedTable(
    ['Resource', 'Requests', 'Limits'],
    [
      ['cpu', total('requests', 'cpu'), total('limits', 'cpu')],
      ['memory', total('requests', 'memory'), total('limits', 'memory')],
      ...['ephemeral-storage', 'hugepages-1Gi', 'hugepages-2Mi'].map(name => [name, nothing, nothing]),
    ],
  )}`
}

const amounts = (label: string, values: Readonly<Record<string, string>> | undefined): string =>
  `${label}:\n${rowsText(
    Object.entries(values ?? {})
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]): Row => [k, v]),
    '  ',
  )}`

const infoRows = (info: KubeValue): readonly Row[] => [
  ['Machine ID', info?.machineID ?? ''],
  ['System UUID', info?.systemUUID ?? ''],
  ['Boot ID', info?.bootID ?? ''],
  ['Kernel Version', info?.kernelVersion ?? ''],
  ['OS Image', info?.osImage ?? ''],
  ['Operating System', info?.operatingSystem ?? ''],
  ['Architecture', info?.architecture ?? ''],
  ['Container Runtime Version', info?.containerRuntimeVersion ?? ''],
  ['Kubelet Version', info?.kubeletVersion ?? ''],
  ['Kube-Proxy Version', info?.kubeProxyVersion ?? ''],
]

/** From this minor release a node's lease is shown, and the age of its pods headed as the rest. */
const SHOWS_LEASE = 17

const leaseText = (world: World, node: KubeObject): string => {
  if (minorOf(world) < SHOWS_LEASE) return ''
  const lease = getObject(world.kube, {
    kind: 'Lease',
    namespace: 'kube-node-lease',
    name: node.metadata.name,
  })
  if (lease === undefined)
    return `Lease:\tFailed to get lease: leases.coordination.k8s.io "${node.metadata.name}" not found\n`
  return `Lease:\n${rowsText(
    [
      ['HolderIdentity', lease.spec.holderIdentity],
      ['AcquireTime', '<unset>'],
      ['RenewTime', rfc1123Of(msOf(lease.spec.renewTime))],
    ],
    '  ',
  )}`
}

const podHeadings = [
  'Namespace',
  'Name',
  '',
  'CPU Requests',
  'CPU Limits',
  'Memory Requests',
  'Memory Limits',
]

/** `kubectl describe node`. */
export const describeNode = (world: World, node: KubeObject): string => {
  const { metadata, spec, status } = node
  const taints: readonly KubeValue[] = spec?.taints ?? []
  const pods = podsOn(world.kube, metadata.name).filter(pod => !isFinished(pod))
  const conditions = (status?.conditions ?? []).map((c: KubeValue) => [
    `${c.type} `,
    `${c.status} `,
    `${rfc1123Of(msOf(c.lastHeartbeatTime))} `,
    `${rfc1123Of(msOf(c.lastTransitionTime))} `,
    `${c.reason} `,
    `${c.message} `,
  ])
  const head: readonly Row[] = [
    ['Name', metadata.name],
    ['Roles', rolesOf(node)],
    ...mapRows('Labels', metadata.labels),
    ...mapRows('Annotations', metadata.annotations, ': '),
    ['CreationTimestamp', rfc1123Of(msOf(metadata.creationTimestamp))],
    ...(taints.length === 0
      ? [['Taints', '<none>'] as const]
      : taints.map((t, i): Row => [i === 0 ? 'Taints' : '', taintText(t)])),
    ['Unschedulable', String(spec?.unschedulable === true)],
  ]
  return [
    rowsText(head),
    leaseText(world, node),
    `Conditions:\n${indentedTable(['Type', 'Status', 'LastHeartbeatTime', 'LastTransitionTime', 'Reason', 'Message'], conditions)}`,
    `Addresses:\n${rowsText(
      (status?.addresses ?? []).map((a: KubeValue): Row => [a.type, a.address]),
      '  ',
    )}`,
    amounts('Capacity', status?.capacity),
    amounts('Allocatable', status?.allocatable),
    `System Info:\n${rowsText(infoRows(status?.nodeInfo), '  ')}`,
    spec?.podCIDR === undefined
      ? ''
      : rowsText([
          ['PodCIDR', spec.podCIDR],
          ...(spec.podCIDRs === undefined ? [] : [['PodCIDRs', spec.podCIDRs.join(',')] as const]),
        ]),
    spec?.providerID === undefined ? '' : rowsText([['ProviderID', spec.providerID]]),
    `Non-terminated Pods:\t(${pods.length} in total)\n`,
    indentedTable(
      [...podHeadings, minorOf(world) < SHOWS_LEASE ? 'AGE' : 'Age'],
      pods.map(pod => podRow(pod, node, world.nowMs)),
    ),
    allocated(pods, node),
    eventsText(world, node),
  ].join('')
}
