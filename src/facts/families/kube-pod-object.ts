import { record } from '../parsed.ts'
import type { FactValue } from '../types.ts'
import { listAt, numberAt, textAt, textMapAt } from './json-value.ts'
import { conditionsOf, containersOf, identityOf } from './kube-object-parts.ts'

const total = (counts: readonly (number | undefined)[]): number =>
  counts.reduce<number>((sum, count) => sum + (count ?? 0), 0)

const waitingReason = (statuses: readonly unknown[]): string | undefined => {
  const reasons = statuses.flatMap(status => [
    textAt(status, 'state', 'waiting', 'reason'),
    textAt(status, 'state', 'terminated', 'reason'),
  ])
  return reasons.find(reason => reason !== undefined && reason !== 'Completed')
}

// The word in the STATUS column of a listing, which no field of the object holds as it is.
const statusWord = (pod: unknown): string | undefined => {
  if (textAt(pod, 'metadata', 'deletionTimestamp') !== undefined) return 'Terminating'
  const reason = textAt(pod, 'status', 'reason')
  if (reason !== undefined) return reason
  const init = listAt(pod, 'status', 'initContainerStatuses').filter(
    status => numberAt(status, 'state', 'terminated', 'exitCode') !== 0,
  )
  const early = waitingReason(init)
  if (early !== undefined && early !== 'PodInitializing') return `Init:${early}`
  const statuses = listAt(pod, 'status', 'containerStatuses')
  const phase = textAt(pod, 'status', 'phase')
  return waitingReason(statuses) ?? (phase === 'Succeeded' ? 'Completed' : phase)
}

const countsOf = (pod: unknown) => {
  const statuses = listAt(pod, 'status', 'containerStatuses')
  const wanted = listAt(pod, 'spec', 'containers').length || statuses.length
  if (wanted === 0) return {}
  return {
    ready: statuses.filter(status => (status as { ready?: unknown }).ready === true).length,
    total: wanted,
    restarts: total(statuses.map(status => numberAt(status, 'restartCount'))),
  }
}

/** A Pod object as the row that a listing has for it, with its conditions and containers. */
export const readPodObject = (pod: unknown): FactValue => {
  const containers = containersOf(pod)
  const nodeSelector = textMapAt(pod, 'spec', 'nodeSelector')
  return record({
    ...identityOf(pod),
    ...countsOf(pod),
    status: statusWord(pod),
    phase: textAt(pod, 'status', 'phase'),
    reason: textAt(pod, 'status', 'reason'),
    message: textAt(pod, 'status', 'message'),
    ip: textAt(pod, 'status', 'podIP'),
    node: textAt(pod, 'spec', 'nodeName'),
    qosClass: textAt(pod, 'status', 'qosClass'),
    nodeSelector: Object.keys(nodeSelector).length === 0 ? undefined : nodeSelector,
    conditions: conditionsOf(pod),
    containers: containers.length === 0 ? undefined : containers,
  })
}
