import { minorOf } from '../../kube/minor-version.ts'
import { humanDuration, msOf } from '../../kube/times.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { Sight } from './cells.ts'

const initText = (pod: KubeObject): string | undefined => {
  const statuses: readonly KubeValue[] = pod.status?.initContainerStatuses ?? []
  for (const [index, { state, ready }] of statuses.entries()) {
    if (state?.terminated?.exitCode === 0 || ready) continue
    if (state?.terminated !== undefined)
      return `Init:${state.terminated.reason || `ExitCode:${state.terminated.exitCode}`}`
    const waiting = state?.waiting?.reason
    if (waiting !== undefined && waiting !== 'PodInitializing' && waiting !== 'ContainerCreating')
      return `Init:${waiting}`
    return `Init:${index}/${statuses.length}`
  }
  return undefined
}

const containerText = (pod: KubeObject, phase: string): string => {
  let reason = phase
  let hasRunning = false
  for (const status of [...(pod.status?.containerStatuses ?? [])].reverse()) {
    const { waiting, terminated, running } = status.state ?? {}
    if (waiting?.reason) reason = waiting.reason
    else if (terminated) reason = terminated.reason || `ExitCode:${terminated.exitCode}`
    else if (running && status.ready) hasRunning = true
  }
  return reason === 'Completed' && hasRunning ? 'Running' : reason
}

/** What stands in the column STATUS of a pod. */
export const podStatusText = (pod: KubeObject): string => {
  if (pod.metadata.deletionTimestamp !== undefined)
    return pod.status?.reason === 'NodeLost' ? 'Unknown' : 'Terminating'
  const phase: string = pod.status?.reason ?? pod.status?.phase ?? 'Unknown'
  return initText(pod) ?? containerText(pod, phase)
}

/** How many of a pod's containers are ready, as `1/2`. */
export const readyText = (pod: KubeObject): string => {
  const statuses: readonly KubeValue[] = pod.status?.containerStatuses ?? []
  const total = pod.spec?.containers?.length ?? 0
  return `${statuses.filter(s => s.ready).length}/${total}`
}

/** How often a pod's containers were restarted, from 1.22 on with when that was last: `4 (111s ago)`. */
export const restartsText = (pod: KubeObject, { world, nowMs }: Sight): string => {
  // Until the first containers are done only theirs count, afterwards only those of the others.
  const { initContainerStatuses = [], containerStatuses = [] } = pod.status ?? {}
  const statuses: readonly KubeValue[] =
    initText(pod) === undefined ? containerStatuses : initContainerStatuses
  const count = statuses.reduce((sum, s) => sum + (s.restartCount ?? 0), 0)
  const last = Math.max(0, ...statuses.map(s => msOf(s.lastState?.terminated?.finishedAt)))
  return count > 0 && last > 0 && minorOf(world) >= 22
    ? `${count} (${humanDuration(nowMs - last)} ago)`
    : String(count)
}
