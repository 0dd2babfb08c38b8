import { flowObjects } from '../../kube/access/flow-control.ts'
import { bootstrapAccess, systemPriorities } from '../../kube/access/role-objects.ts'
import { getObject, listObjects, putObject, removeObject } from '../../kube/store.ts'
import { clusterHosts } from '../../relations/cluster-hosts.ts'
import type { World } from '../../world/world.ts'

/** Whether an API server came up within the last while. */
const hasStarted = (world: World, withinMs: number): boolean =>
  clusterHosts(world).some(({ machine }) => {
    const containers = (machine.runtime?.containers ?? []).filter(c => c.service === 'kube-apiserver')
    const units = [...machine.units.values()].filter(u => /^(kube-apiserver|k3s)$/.test(u.service))
    return [...containers, ...units].some(
      ({ startedMs }) => startedMs !== undefined && world.nowMs - startedMs <= withinMs,
    )
  })

const START_MS = 30_000

/** An API server that starts makes the roles and bindings again that it wants and does not find. */
export const restoreAccess = (world: World): void => {
  if (!hasStarted(world, START_MS)) return
  for (const object of [...bootstrapAccess, ...systemPriorities, ...flowObjects(world.kube)]) {
    const { name, namespace } = object.metadata
    if (getObject(world.kube, { kind: object.kind, namespace, name }) === undefined) putObject(world, object)
  }
}

/** The API server serves a group of custom kinds as long as one is defined. */
export const dropCustomGroups = (world: World): void => {
  const custom = listObjects(world.kube, 'APIService').filter(
    ({ metadata }) => metadata.labels?.['kube-aggregator.kubernetes.io/automanaged'] === 'true',
  )
  if (custom.length === 0) return
  const groups = new Set(listObjects(world.kube, 'CustomResourceDefinition').map(({ spec }) => spec?.group))
  for (const service of custom) if (!groups.has(service.spec?.group)) removeObject(world, service)
}
