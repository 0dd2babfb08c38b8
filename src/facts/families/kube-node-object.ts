import { record } from '../parsed.ts'
import type { FactValue } from '../types.ts'
import { at, flagAt, isObject, listAt, textAt, textMapAt } from './json-value.ts'
import { amountsOf, conditionStatus, conditionsOf, identityOf } from './kube-object-parts.ts'

const rolePrefix = 'node-role.kubernetes.io/'

const rolesOf = (node: unknown): readonly string[] | undefined => {
  if (!isObject(at(node, 'metadata', 'labels'))) return undefined
  const labels = at(node, 'metadata', 'labels') as Readonly<Record<string, unknown>>
  return Object.keys(labels)
    .filter(label => label.startsWith(rolePrefix))
    .map(label => label.slice(rolePrefix.length))
}

const addressOf = (node: unknown, kind: string): string | undefined =>
  textAt(
    listAt(node, 'status', 'addresses').find(address => textAt(address, 'type') === kind),
    'address',
  )

const readinessOf = (node: unknown) => {
  const ready = conditionStatus(node, 'Ready')
  const cordoned = flagAt(node, 'spec', 'unschedulable') === true
  const word = ready === 'True' ? 'Ready' : 'NotReady'
  return {
    status: ready === undefined ? undefined : `${word}${cordoned ? ',SchedulingDisabled' : ''}`,
    ready: ready === undefined ? undefined : ready === 'True',
    schedulable: isObject(at(node, 'spec')) ? !cordoned : undefined,
  }
}

const taintsOf = (node: unknown): readonly FactValue[] | undefined =>
  isObject(at(node, 'spec'))
    ? listAt(node, 'spec', 'taints').map(taint => record(textMapAt({ taint }, 'taint')))
    : undefined

/** A Node object as the row that a listing has for it, with labels, taints, conditions and amounts. */
export const readNodeObject = (node: unknown): FactValue =>
  record({
    ...identityOf(node),
    ...readinessOf(node),
    roles: rolesOf(node),
    version: textAt(node, 'status', 'nodeInfo', 'kubeletVersion'),
    internalIP: addressOf(node, 'InternalIP'),
    externalIP: addressOf(node, 'ExternalIP'),
    osImage: textAt(node, 'status', 'nodeInfo', 'osImage'),
    kernel: textAt(node, 'status', 'nodeInfo', 'kernelVersion'),
    runtime: textAt(node, 'status', 'nodeInfo', 'containerRuntimeVersion'),
    podCIDR: textAt(node, 'spec', 'podCIDR'),
    taints: taintsOf(node),
    conditions: conditionsOf(node),
    capacity: amountsOf(at(node, 'status', 'capacity')),
    allocatable: amountsOf(at(node, 'status', 'allocatable')),
  })
