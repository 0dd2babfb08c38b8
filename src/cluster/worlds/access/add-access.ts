import { controllersIn } from '../../kube/access/default-roles.ts'
import { flowObjects } from '../../kube/access/flow-control.ts'
import {
  bindingObject,
  bootstrapAccess,
  roleObjects,
  spacedRoleObjects,
  systemPriorities,
} from '../../kube/access/role-objects.ts'
import { kubeadmSpacedRoles } from '../../kube/access/spaced-roles.ts'
import { listObjects, type NewObject, putObject } from '../../kube/store.ts'
import type { World } from '../../world/world.ts'
import { localService, oldParts } from '../kube/api-services.ts'
import { customObjects } from './custom-objects.ts'
import { customDefinitions } from './custom-resources.ts'
import { platformAccess } from './platform-access.ts'
import { webhookObjects } from './webhooks.ts'

const workloadKinds = ['Deployment', 'DaemonSet', 'StatefulSet'] as const

/** The service accounts of a cluster: one of every namespace, those of its workloads, of its controllers and of who has rights. */
const accountsOf = (world: World): readonly NewObject[] => {
  const spaces = listObjects(world.kube, 'Namespace').map(({ metadata }) => `${metadata.name}/default`)
  const used = workloadKinds
    .flatMap(kind => listObjects(world.kube, kind))
    .map(
      ({ metadata, spec }) =>
        `${metadata.namespace ?? ''}/${spec?.template?.spec?.serviceAccountName ?? 'default'}`,
    )
  const bound = platformAccess[world.name].bindings.flatMap(([, , subjects]) =>
    subjects.split(' ').flatMap(word => (word.startsWith('sa:') ? [word.slice(3)] : [])),
  )
  const own = controllersIn(world.kube).map(name => `kube-system/${name}`)
  return [...new Set([...spaces, ...used, ...own, ...bound])].map(place => {
    const [namespace = '', name = ''] = place.split('/')
    return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } }
  })
}

/** Marks a part of the API as one that goes when its definitions go. */
const withMark = (object: NewObject): NewObject => ({
  ...object,
  metadata: { ...object.metadata, labels: { 'kube-aggregator.kubernetes.io/automanaged': 'true' } },
})

/** Gives a cluster that has come up who may do what in it, the kinds that its platform defines, and the parts of its API. */
export const addAccess = (world: World, createdMs: number): void => {
  const { roles, bindings } = platformAccess[world.name]
  const definitions = customDefinitions(world.name, createdMs + 90_000)
  const early = [
    ...bootstrapAccess,
    ...systemPriorities,
    ...flowObjects(world.kube),
    ...(world.name === 'mks' ? spacedRoleObjects(kubeadmSpacedRoles) : []),
  ]
  const late = [
    ...roleObjects(roles),
    ...bindings.map(([name, role, subjects]) =>
      bindingObject({ name, role, roleKind: 'ClusterRole', subjects }),
    ),
    ...definitions,
    ...webhookObjects(world.name, createdMs),
  ]
  const custom = new Set(definitions.map(({ spec }) => `${spec.versions[0].name}.${spec.group}`))
  const parts = [
    ...(world.name === 'gravity' ? oldParts : []).map(name => localService(name, createdMs)),
    ...[...custom].map(name => withMark(localService(name, createdMs))),
  ]
  for (const object of early) putObject(world, object, createdMs + 2_000)
  for (const object of late) putObject(world, object, createdMs + 95_000)
  for (const object of accountsOf(world)) putObject(world, object, createdMs + 20_000)
  for (const object of customObjects(world, createdMs + 100_000))
    putObject(world, object, createdMs + 100_000)
  for (const object of parts) putObject(world, object, createdMs + 95_000)
}
