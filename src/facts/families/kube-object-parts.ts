import { record } from '../parsed.ts'
import type { FactValue } from '../types.ts'
import { at, flagAt, isObject, listAt, numberAt, textAt, textMapAt } from './json-value.ts'
import { parseBytes, parseCores } from './quantity.ts'

/** What every object has: namespace, name, when it was made, labels and the owner it was made by. */
export const identityOf = (object: unknown) => {
  const owner = listAt(object, 'metadata', 'ownerReferences')[0]
  const labels = textMapAt(object, 'metadata', 'labels')
  return {
    namespace: textAt(object, 'metadata', 'namespace'),
    name: textAt(object, 'metadata', 'name'),
    createdAt: textAt(object, 'metadata', 'creationTimestamp'),
    labels: Object.keys(labels).length === 0 ? undefined : labels,
    owner: owner === undefined ? undefined : `${textAt(owner, 'kind')}/${textAt(owner, 'name')}`,
  }
}

/** The conditions of an object's status; `undefined` when it names none. */
export const conditionsOf = (object: unknown): readonly FactValue[] | undefined => {
  const conditions = listAt(object, 'status', 'conditions').map(condition =>
    record({
      kind: textAt(condition, 'type'),
      status: textAt(condition, 'status'),
      reason: textAt(condition, 'reason'),
      message: textAt(condition, 'message'),
      changedAt: textAt(condition, 'lastTransitionTime'),
      heartbeatAt: textAt(condition, 'lastHeartbeatTime'),
    }),
  )
  return conditions.length === 0 ? undefined : conditions
}

/** The status of one condition, `True`, `False` or `Unknown`. */
export const conditionStatus = (object: unknown, kind: string): string | undefined =>
  textAt(
    listAt(object, 'status', 'conditions').find(condition => textAt(condition, 'type') === kind),
    'status',
  )

/** Amounts by resource in documented units: cpuCores, memory and ephemeralStorage in bytes, pods. */
export const amountsOf = (amounts: unknown): FactValue | undefined => {
  const read = (name: string, parse: (text: string) => number | undefined): number | undefined => {
    const text = textAt(amounts, name)
    return text === undefined ? undefined : parse(text)
  }
  if (!isObject(amounts)) return undefined
  return record({
    cpuCores: read('cpu', parseCores),
    memory: read('memory', parseBytes),
    ephemeralStorage: read('ephemeral-storage', parseBytes),
    pods: read('pods', Number),
  })
}

type StateNames = { readonly state: string; readonly reason: string; readonly exitCode: string }

const current: StateNames = { state: 'state', reason: 'reason', exitCode: 'exitCode' }
const last: StateNames = { state: 'lastState', reason: 'lastReason', exitCode: 'lastExitCode' }

const stateOf = (state: unknown, names: StateNames) => {
  const name = isObject(state) ? Object.keys(state)[0] : undefined
  const detail = name === undefined ? undefined : at(state, name)
  return {
    [names.state]: name,
    [names.reason]: textAt(detail, 'reason'),
    [names.exitCode]: numberAt(detail, 'exitCode'),
  }
}

const containerOf = (status: unknown, init: true | undefined): FactValue =>
  record({
    name: textAt(status, 'name'),
    init,
    image: textAt(status, 'image'),
    ...stateOf(at(status, 'state'), current),
    message:
      textAt(status, 'state', 'waiting', 'message') ?? textAt(status, 'state', 'terminated', 'message'),
    ready: flagAt(status, 'ready'),
    restarts: numberAt(status, 'restartCount'),
    startedAt:
      textAt(status, 'state', 'running', 'startedAt') ?? textAt(status, 'state', 'terminated', 'startedAt'),
    ...stateOf(at(status, 'lastState'), last),
    lastFinishedAt: textAt(status, 'lastState', 'terminated', 'finishedAt'),
  })

/** The containers of a pod's status, those that run first marked `init`. */
export const containersOf = (pod: unknown): readonly FactValue[] => [
  ...listAt(pod, 'status', 'initContainerStatuses').map(status => containerOf(status, true)),
  ...listAt(pod, 'status', 'containerStatuses').map(status => containerOf(status, undefined)),
]
