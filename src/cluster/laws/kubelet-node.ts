import { getObject, putObject, touchObject } from '../kube/store.ts'
import { isoMicroOf, isoOf, msOf } from '../kube/times.ts'
import { shownMs } from '../relations/clock.ts'
import { cniConfigOf, cniNotReady } from '../relations/cni.ts'
import { leaseObjection } from '../relations/components.ts'
import { mainAddressOf } from '../relations/find-machine.ts'
import { kubeletVersionOf } from '../relations/kubelet-version.ts'
import { LEASE_SENT, STATUS_SENT } from '../relations/node-reports.ts'
import { nodePressures, type Pressures } from '../relations/pressures.ts'
import { complaintsText, isRuntimeUp, RUNTIME_DOWN, runtimeComplaints } from '../relations/runtime-problem.ts'
import { hasAppArmor } from '../relations/system-version.ts'
import { uuidOf } from '../text/uuid-of.ts'
import type { KubeObject, KubeValue } from '../world/kube-object.ts'
import type { Machine } from '../world/machine.ts'
import { type Kubelet, kubeletReports, kubelets } from './kubelet.ts'
import type { Law } from './law.ts'
import { capacityOf, mostPodsOf } from './node-capacity.ts'
import { evictForPressure } from './pods/evict.ts'
import { tellSystemKills } from './pods/tell-kills.ts'
import { complainOfNode, nodeOf } from './register-node.ts'

const REPORT_MS = 300_000

type Wanted = {
  readonly type: string
  readonly status: 'True' | 'False'
  readonly reason: string
  readonly message: string
}

const readyCondition = ({ machine, world }: Kubelet): Wanted => {
  const timers = machine.runtime?.timers ?? {}
  if (isRuntimeUp(machine)) delete timers[RUNTIME_DOWN]
  else timers[RUNTIME_DOWN] ??= world.nowMs
  const lacksNetwork =
    isRuntimeUp(machine) && machine.runtime?.kind === 'containerd' && cniConfigOf(machine) === undefined
  const problems = [...runtimeComplaints(machine, world.nowMs), ...(lacksNetwork ? [cniNotReady] : [])]
  if (problems.length === 0)
    return {
      type: 'Ready',
      status: 'True',
      reason: 'KubeletReady',
      message: `kubelet is posting ready status${hasAppArmor(machine) ? '. AppArmor enabled' : ''}`,
    }
  return {
    type: 'Ready',
    status: 'False',
    reason: 'KubeletNotReady',
    message: complaintsText(problems),
  }
}

const pressureConditions = ({ memory, disk, pid }: Pressures): readonly Wanted[] => [
  memory
    ? {
        type: 'MemoryPressure',
        status: 'True',
        reason: 'KubeletHasInsufficientMemory',
        message: 'kubelet has insufficient memory available',
      }
    : {
        type: 'MemoryPressure',
        status: 'False',
        reason: 'KubeletHasSufficientMemory',
        message: 'kubelet has sufficient memory available',
      },
  disk
    ? {
        type: 'DiskPressure',
        status: 'True',
        reason: 'KubeletHasDiskPressure',
        message: 'kubelet has disk pressure',
      }
    : {
        type: 'DiskPressure',
        status: 'False',
        reason: 'KubeletHasNoDiskPressure',
        message: 'kubelet has no disk pressure',
      },
  pid
    ? {
        type: 'PIDPressure',
        status: 'True',
        reason: 'KubeletHasInsufficientPID',
        message: 'kubelet has insufficient PID available',
      }
    : {
        type: 'PIDPressure',
        status: 'False',
        reason: 'KubeletHasSufficientPID',
        message: 'kubelet has sufficient PID available',
      },
]

const infoOf = ({ world, machine, host }: Kubelet): KubeValue => ({
  architecture: 'amd64',
  bootID: uuidOf(host.bootId),
  containerRuntimeVersion: `${machine.runtime?.kind ?? 'containerd'}://${machine.runtime?.version ?? ''}`,
  kernelVersion: host.os.kernel,
  kubeProxyVersion: kubeletVersionOf(world, host),
  kubeletVersion: kubeletVersionOf(world, host),
  machineID: host.machineId,
  operatingSystem: 'linux',
  osImage: machine.os.prettyName,
  systemUUID: uuidOf(host.machineId),
})

const eventReasons: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Ready: { True: 'NodeReady', False: 'NodeNotReady' },
  MemoryPressure: { True: 'NodeHasInsufficientMemory', False: 'NodeHasSufficientMemory' },
  DiskPressure: { True: 'NodeHasDiskPressure', False: 'NodeHasNoDiskPressure' },
  PIDPressure: { True: 'NodeHasInsufficientPID', False: 'NodeHasSufficientPID' },
}

/** Sets the kubelet's conditions; whether any changed. */
const setConditions = (kubelet: Kubelet, node: KubeObject, wanted: readonly Wanted[]): boolean => {
  const { world, machine, unit } = kubelet
  const shown = isoOf(shownMs(machine, world.nowMs))
  const before: readonly KubeValue[] = node.status?.conditions ?? []
  let isNews = false
  const conditions = wanted.map(condition => {
    const known = before.find(c => c.type === condition.type)
    const isSame = known?.status === condition.status
    if (!isSame || known?.message !== condition.message) isNews = true
    if (!isSame) {
      const reason = eventReasons[condition.type]?.[condition.status] ?? condition.reason
      kubeletReports(kubelet, node, {
        type: 'Normal',
        reason,
        message: `Node ${node.metadata.name} status is now: ${reason}`,
      })
    }
    return {
      lastHeartbeatTime: known?.lastHeartbeatTime ?? shown,
      lastTransitionTime: isSame ? known?.lastTransitionTime : shown,
      message: condition.message,
      reason: condition.reason,
      status: condition.status,
      type: condition.type,
    }
  })
  const timers = machine.runtime?.timers ?? {}
  const lastMs = timers[STATUS_SENT] ?? msOf(before.find(c => c.type === 'Ready')?.lastHeartbeatTime)
  const isYoung = lastMs < (unit.startedMs ?? 0)
  if (!isNews && !isYoung && world.nowMs - lastMs < REPORT_MS) return false
  timers[STATUS_SENT] = world.nowMs
  for (const condition of conditions) condition.lastHeartbeatTime = shown
  const others = before.filter(c => !wanted.some(w => w.type === c.type))
  node.status = { ...node.status, conditions: [...others, ...conditions] }
  return true
}

/** Tells when pods are no longer, or again, to be put on the node; one that has just started takes it for open. */
const tellSchedulable = (kubelet: Kubelet, node: KubeObject): void => {
  const timers = kubelet.machine.runtime?.timers ?? {}
  const startedMs = kubelet.unit.startedMs ?? 0
  const isClosed = node.spec?.unschedulable === true
  if ((timers.nodeClosed === startedMs) === isClosed) return
  timers.nodeClosed = isClosed ? startedMs : -1
  const reason = isClosed ? 'NodeNotSchedulable' : 'NodeSchedulable'
  kubeletReports(kubelet, node, {
    type: 'Normal',
    reason,
    message: `Node ${node.metadata.name} status is now: ${reason}`,
  })
}

const imagesOf = (machine: Machine): KubeValue =>
  (machine.runtime?.images ?? [])
    .map(image => ({ names: [...image.tags], sizeBytes: image.sizeBytes }))
    .sort((a, b) => b.sizeBytes - a.sizeBytes)

const renewLease = ({ world, machine, nodeName }: Kubelet, node: KubeObject): void => {
  const lease = getObject(world.kube, { kind: 'Lease', namespace: 'kube-node-lease', name: nodeName })
  const timers = machine.runtime?.timers ?? {}
  const lastMs = timers[LEASE_SENT] ?? msOf(lease?.spec?.renewTime)
  if (lease !== undefined && world.nowMs - lastMs < 10_000) return
  timers[LEASE_SENT] = world.nowMs
  if (leaseObjection(world, 'kube-node-lease', nodeName) !== undefined) return
  const renewTime = isoMicroOf(shownMs(machine, world.nowMs))
  if (lease !== undefined) {
    lease.spec.renewTime = renewTime
    touchObject(world, lease)
    return
  }
  putObject(world, {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: {
      name: nodeName,
      namespace: 'kube-node-lease',
      ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: nodeName, uid: node.metadata.uid }],
    },
    spec: { holderIdentity: nodeName, leaseDurationSeconds: 40, renewTime },
  })
}

const TRANSITION_MS = 300_000

/** Pressures as a kubelet reports them: one that is over stays in its conditions for five more minutes. */
const heldPressures = ({ world, machine, unit }: Kubelet, pressures: Pressures): Pressures => {
  const timers = machine.runtime?.timers ?? {}
  const isHeld = (name: 'memory' | 'disk' | 'pid'): boolean => {
    if (pressures[name]) timers[`pressure/${name}`] = world.nowMs
    const seenMs = timers[`pressure/${name}`] ?? Number.NEGATIVE_INFINITY
    // One that has just started knows nothing of what was before.
    return seenMs >= (unit.startedMs ?? 0) && world.nowMs - seenMs < TRANSITION_MS
  }
  return { ...pressures, memory: isHeld('memory'), disk: isHeld('disk'), pid: isHeld('pid') }
}

/** Whether its machine has another address than the node tells. k3s gives its kubelet the address at its start. */
const hasMoved = ({ unit, host }: Kubelet, node: KubeObject): boolean =>
  unit.service === 'kubelet' && node.status?.addresses?.[0]?.address !== mainAddressOf(host)

const report = (kubelet: Kubelet): void => {
  const { world, machine, nodeName, host } = kubelet
  const node = nodeOf(kubelet)
  if (node === undefined) {
    complainOfNode(kubelet)
    return
  }
  renewLease(kubelet, node)
  const pressures = nodePressures(world, host)
  const conditions = [...pressureConditions(heldPressures(kubelet, pressures)), readyCondition(kubelet)]
  const changed = setConditions(kubelet, node, conditions)
  tellSchedulable(kubelet, node)
  tellSystemKills(kubelet, node)
  evictForPressure(kubelet, node, pressures)
  const isSame = node.status?.capacity?.pods === String(mostPodsOf(machine)) && !hasMoved(kubelet, node)
  if (!changed && isSame) return
  node.status = {
    ...node.status,
    addresses: [
      { address: mainAddressOf(host), type: 'InternalIP' },
      { address: nodeName, type: 'Hostname' },
    ],
    ...capacityOf(kubelet),
    daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
    images: imagesOf(machine),
    nodeInfo: infoOf(kubelet),
  }
  touchObject(world, node)
}

/** Every kubelet that may write its node in the API server renews its lease and reports its node. */
export const reportNodes: Law = world => {
  for (const kubelet of kubelets(world)) if (kubelet.ownsNode) report(kubelet)
}
