import { minorOf } from '../kube/minor-version.ts'
import { steadyUid } from '../kube/steady-uid.ts'
import { getObject, listObjects, putObject, touchObject } from '../kube/store.ts'
import { mainAddressOf } from '../relations/find-machine.ts'
import { flagsInText } from '../relations/flags.ts'
import { nodeMarksOf } from '../relations/k3s/node-labels.ts'
import { statusTries } from '../services/kube/status-tries.ts'
import { uuidOf } from '../text/uuid-of.ts'
import type { KubeObject } from '../world/kube-object.ts'
import type { World } from '../world/world.ts'
import { type Kubelet, kubeletReports, kubeletSays } from './kubelet.ts'

/** The first pod range of the cluster that no node has. */
const freeRange = (world: World): number => {
  const taken = new Set(
    listObjects(world.kube, 'Node').map(node => Number(node.spec?.podCIDR?.split('.')[2])),
  )
  let index = 0
  while (taken.has(index)) index += 1
  return index
}

/** The labels that the kubelet's flag `--node-labels` gives its node. */
const labelsFor = ({ unit }: Kubelet): Record<string, string> =>
  Object.fromEntries(
    (flagsInText(unit.execStart)['node-labels'] ?? '')
      .split(',')
      .filter(label => label.includes('='))
      .map(label => [label.slice(0, label.indexOf('=')), label.slice(label.indexOf('=') + 1)]),
  )

/** From this minor release a node may have ranges of more than one family. */
const HAS_RANGES = 16

/** Registers a node that the API server does not have: somebody deleted it, or it is new. */
const register = (kubelet: Kubelet): KubeObject => {
  const { world, machine, host, nodeName } = kubelet
  const { labels, annotations, taints, providerId } = nodeMarksOf(machine, nodeName)
  const index = freeRange(world)
  const prefix = world.kube.podCidr.split('.').slice(0, 2).join('.')
  return putObject(world, {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: nodeName,
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': nodeName,
        'kubernetes.io/os': 'linux',
        ...labelsFor(kubelet),
        ...labels,
      },
      annotations: {
        ...annotations,
        'node.alpha.kubernetes.io/ttl': '0',
        'volumes.kubernetes.io/controller-managed-attach-detach': 'true',
      },
    },
    spec: {
      podCIDR: `${prefix}.${index}.0/24`,
      ...(minorOf(world) < HAS_RANGES ? {} : { podCIDRs: [`${prefix}.${index}.0/24`] }),
      ...(providerId === undefined ? {} : { providerID: providerId }),
      ...(taints.length === 0 ? {} : { taints }),
    },
    status: {
      addresses: [
        { address: mainAddressOf(host), type: 'InternalIP' },
        { address: nodeName, type: 'Hostname' },
      ],
    },
  })
}

const HAS_STORAGE_NODES = 17

/** Makes the object that tells which storage drivers a node has, and that goes with it. */
const keepStorageNode = ({ world }: Kubelet, node: KubeObject): void => {
  const { name, uid } = node.metadata
  if (minorOf(world) < HAS_STORAGE_NODES || getObject(world.kube, { kind: 'CSINode', name })) return
  putObject(world, {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'CSINode',
    metadata: {
      name,
      uid: steadyUid(`CSINode/${uid}`),
      ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name, uid }],
    },
    spec: { drivers: null },
  })
}

const REGISTERED = 'registered'
const PREVIOUSLY = ['kubelet_node_status.go:108', '"Node was previously registered"'] as const
const SUCCESSFULLY = ['kubelet_node_status.go:73', '"Successfully registered node"'] as const
/** The first release that words it so; older ones tell of it with their start. */
const TELLS_REGISTERING = 20

const sayRegistered = (
  kubelet: Pick<Kubelet, 'world' | 'machine' | 'unit'>,
  nodeName: string,
  before: readonly (readonly [source: string, text: string])[],
): void => {
  if (minorOf(kubelet.world) < TELLS_REGISTERING) return
  for (const [source, text] of [...before, SUCCESSFULLY])
    kubeletSays(kubelet, 'I', { source, text: `${text} node="${nodeName}"` })
}

/** Tells that a kubelet has registered the node that it had before. */
export const sayRegisteredAgain = (at: Pick<Kubelet, 'world' | 'machine' | 'unit'>, nodeName: string): void =>
  sayRegistered(at, nodeName, [PREVIOUSLY])

const COMPLAINT_MS = 10_000

/** The node of a kubelet. It registers one once after its start; a node that is deleted later stays away until the next. */
export const nodeOf = (kubelet: Kubelet): KubeObject | undefined => {
  const { world, machine, unit, nodeName } = kubelet
  const timers = machine.runtime?.timers ?? {}
  const known = getObject(world.kube, { kind: 'Node', name: nodeName })
  if (known === undefined && timers[REGISTERED] === unit.startedMs) return undefined
  const isFirst = timers[REGISTERED] !== unit.startedMs
  timers[REGISTERED] = unit.startedMs ?? 0
  const node = known ?? register(kubelet)
  if (isFirst) tellSettings(kubelet, node)
  keepStorageNode(kubelet, node)
  if (isFirst && world.nowMs - (unit.startedMs ?? 0) < JUST_STARTED_MS) {
    sayRegistered(kubelet, nodeName, known === undefined ? [] : [PREVIOUSLY])
    reportStart(kubelet, node)
  }
  return node
}

/** k3s tells by notes on its node what it was started with, anew at each start. */
const tellSettings = ({ world, machine, nodeName }: Kubelet, node: KubeObject): void => {
  const { annotations, providerId } = nodeMarksOf(machine, nodeName)
  const known = node.metadata.annotations
  if (providerId === undefined || Object.entries(annotations).every(([name, text]) => known?.[name] === text))
    return
  node.metadata.annotations = { ...known, ...annotations }
  touchObject(world, node)
}

const JUST_STARTED_MS = 3_600_000

/** What a kubelet tells of its node when it has started, as long as anybody would still hear it. */
const reportStart = (kubelet: Kubelet, node: KubeObject): void => {
  const bootId = uuidOf(kubelet.host.bootId)
  const { unit } = kubelet
  // Where the kubelet is part of another program it starts when that is up.
  const atMs = unit.active === 'active' ? unit.sinceMs : (unit.startedMs ?? kubelet.world.nowMs)
  const report = (reason: string, message: string, type: 'Normal' | 'Warning' = 'Normal'): void =>
    kubeletReports(kubelet, node, { type, reason, message, atMs })
  report('Starting', 'Starting kubelet.')
  // Its first look at the images comes before the runtime has told of their filesystem.
  if (kubelet.machine.runtime?.kind === 'containerd')
    report('InvalidDiskCapacity', 'invalid capacity 0 on image filesystem', 'Warning')
  for (const reason of ['NodeHasSufficientMemory', 'NodeHasNoDiskPressure', 'NodeHasSufficientPID'])
    report(reason, `Node ${node.metadata.name} status is now: ${reason}`)
  report('NodeAllocatableEnforced', 'Updated Node Allocatable limit across pods')
  const before = node.status?.nodeInfo?.bootID
  if (before !== undefined && before !== bootId)
    report('Rebooted', `Node ${node.metadata.name} has been rebooted, boot id: ${bootId}`, 'Warning')
}

/** What a kubelet says while its node is gone. */
export const complainOfNode = (kubelet: Kubelet): void => {
  const { world, machine, nodeName } = kubelet
  const timers = machine.runtime?.timers ?? {}
  if (world.nowMs - (timers['node-complaint'] ?? Number.NEGATIVE_INFINITY) < COMPLAINT_MS) return
  timers['node-complaint'] = world.nowMs
  const missing = `error getting node \\"${nodeName}\\": nodes \\"${nodeName}\\" not found`
  for (const { level, ...line } of statusTries(world.nowMs, () => missing)) kubeletSays(kubelet, level, line)
  kubeletSays(kubelet, 'E', {
    source: 'eviction_manager.go:258',
    text: `"Eviction manager: failed to get summary stats" err="failed to get node info: node \\"${nodeName}\\" not found"`,
  })
}
