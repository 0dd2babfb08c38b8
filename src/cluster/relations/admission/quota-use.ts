import { bytesText, coresText, numberOf } from '../../kube/quantity.ts'
import { listObjects } from '../../kube/store.ts'
import type { KubeObject, KubeStore, KubeValue } from '../../world/kube-object.ts'

type Amounts = Readonly<Record<string, number>>

/** Kinds that a quota counts, by the names that it counts them under. */
const counted: Readonly<Record<string, string>> = {
  Pod: 'pods',
  Service: 'services',
  ConfigMap: 'configmaps',
  Secret: 'secrets',
  PersistentVolumeClaim: 'persistentvolumeclaims',
  ResourceQuota: 'resourcequotas',
}

const groups: Readonly<Record<string, string>> = {
  Deployment: 'deployments.apps',
  ReplicaSet: 'replicasets.apps',
  StatefulSet: 'statefulsets.apps',
  Job: 'jobs.batch',
  CronJob: 'cronjobs.batch',
}

const resourceOf = (pod: KubeObject, list: 'requests' | 'limits', name: string): number =>
  (pod.spec?.containers ?? []).reduce(
    (sum: number, container: KubeValue) => sum + numberOf(container.resources?.[list]?.[name]),
    0,
  )

/** What one object takes of a quota, by the quota's own names. */
export const amountsOf = (object: KubeObject): Amounts => {
  const name = counted[object.kind]
  const group = groups[object.kind]
  const ones: Amounts = {
    ...(name === undefined ? {} : { [name]: 1, [`count/${name}`]: 1 }),
    ...(group === undefined ? {} : { [`count/${group}`]: 1 }),
  }
  if (object.kind !== 'Pod') return ones
  return {
    ...ones,
    cpu: resourceOf(object, 'requests', 'cpu'),
    memory: resourceOf(object, 'requests', 'memory'),
    'requests.cpu': resourceOf(object, 'requests', 'cpu'),
    'requests.memory': resourceOf(object, 'requests', 'memory'),
    'limits.cpu': resourceOf(object, 'limits', 'cpu'),
    'limits.memory': resourceOf(object, 'limits', 'memory'),
  }
}

/** An amount in the form that a quota of this name is shown in. */
export const amountText = (name: string, amount: number): string =>
  name.endsWith('cpu') ? coresText(amount) : name.endsWith('memory') ? bytesText(amount) : String(amount)

const isFinished = ({ status }: KubeObject): boolean =>
  status?.phase === 'Succeeded' || status?.phase === 'Failed'

/** What the objects of a quota's namespace take of each thing that it limits. */
export const quotaUse = (store: KubeStore, quota: KubeObject): Amounts => {
  const names = Object.keys(quota.spec?.hard ?? {})
  const kinds = [...Object.keys(counted), ...Object.keys(groups)]
  const taken = kinds
    .flatMap(kind => listObjects(store, kind, quota.metadata.namespace))
    .filter(object => !isFinished(object))
    .map(amountsOf)
  return Object.fromEntries(
    names.map(name => [name, taken.reduce((sum, amounts) => sum + (amounts[name] ?? 0), 0)]),
  )
}

/** Why a quota of its namespace leaves no room for a new object; `undefined` where there is room. */
export const quotaProblem = (store: KubeStore, object: KubeObject): string | undefined => {
  const wanted = amountsOf(object)
  for (const quota of listObjects(store, 'ResourceQuota', object.metadata.namespace)) {
    const hard: Readonly<Record<string, string>> = quota.spec?.hard ?? {}
    const lacking =
      object.kind !== 'Pod'
        ? []
        : Object.keys(hard).filter(name => /(cpu|memory)$/.test(name) && wanted[name] === 0)
    if (lacking.length > 0) return `failed quota: ${quota.metadata.name}: must specify ${lacking.join(',')}`
    const used = quotaUse(store, quota)
    const over = Object.keys(hard).filter(
      name => (wanted[name] ?? 0) > 0 && (used[name] ?? 0) + (wanted[name] ?? 0) > numberOf(hard[name]),
    )
    if (over.length === 0) continue
    const list = (amountFor: (name: string) => string): string =>
      over.map(name => `${name}=${amountFor(name)}`).join(',')
    return `exceeded quota: ${quota.metadata.name}, requested: ${list(n => amountText(n, wanted[n] ?? 0))}, used: ${list(n => amountText(n, used[n] ?? 0))}, limited: ${list(n => String(hard[n]))}`
  }
  return undefined
}
