import { qosOf } from '../../kube/quality-class.ts'
import { changeStatus, getObject } from '../../kube/store.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import { type Kubelet, kubeletReports } from '../kubelet.ts'
import { toleratesTaints } from '../scheduling/fit.ts'
import { isCritical } from './evict.ts'

const pressureTaint = {
  key: 'node.kubernetes.io/memory-pressure',
  effect: 'NoSchedule',
}

const pressuresOf = ({ world, nodeName }: Kubelet): readonly string[] =>
  (getObject(world.kube, { kind: 'Node', name: nodeName })?.status?.conditions ?? [])
    .filter((c: KubeValue) => c.status === 'True' && String(c.type).endsWith('Pressure'))
    .map((c: KubeValue) => c.type)

const staysOut = (pod: KubeObject, pressures: readonly string[]): boolean => {
  if (pressures.length === 0 || isCritical(pod)) return false
  const isMemoryAlone = pressures.length === 1 && pressures[0] === 'MemoryPressure'
  return !isMemoryAlone || (qosOf(pod) === 'BestEffort' && !toleratesTaints(pod.spec, [pressureTaint]))
}

/** Refuses a pod that a kubelet sees for the first time while its node is short of something; whether it did. */
export const rejectPod = (kubelet: Kubelet, pod: KubeObject): boolean => {
  if (pod.status?.startTime !== undefined) return false
  const pressures = pressuresOf(kubelet)
  if (!staysOut(pod, pressures)) return false
  const message = `The node had condition: [${pressures.join(' ')}]. `
  kubeletReports(kubelet, pod, { type: 'Warning', reason: 'Evicted', message })
  changeStatus(kubelet.world, pod, {
    message: `Pod was rejected: ${message}`,
    phase: 'Failed',
    qosClass: qosOf(pod),
    reason: 'Evicted',
  })
  return true
}
