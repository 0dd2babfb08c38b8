import { systemPriorities } from '../../kube/access/role-objects.ts'
import { getObject, listObjects } from '../../kube/store.ts'
import type { KubeStore, KubeValue } from '../../world/kube-object.ts'

/** What a pod's class of priority makes of its specification. */
export type Priority = {
  readonly priorityClassName?: string
  readonly priority: number
  readonly preemptionPolicy: string
}

/** The priority of a pod: that of the class that it names, else of the class for all that name none. */
export const priorityOf = (store: KubeStore, spec: KubeValue): Priority => {
  const named: string | undefined = spec?.priorityClassName
  const found =
    named === undefined
      ? listObjects(store, 'PriorityClass').find(({ globalDefault }) => globalDefault === true)
      : (getObject(store, { kind: 'PriorityClass', name: named }) ??
        systemPriorities.find(({ metadata }) => metadata.name === named))
  const name = named ?? found?.metadata.name
  return {
    ...(name === undefined ? {} : { priorityClassName: name }),
    priority: Number(found?.value ?? 0),
    preemptionPolicy: found?.preemptionPolicy ?? 'PreemptLowerPriority',
  }
}
