import { isOwnedBy, listObjects, ownerOf, putObject, touchObject } from '../../kube/store.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'

/** The templates that a daemon set or a stateful set has had, oldest first. */
export const revisionsOf = (world: World, set: KubeObject): readonly KubeObject[] =>
  listObjects(world.kube, 'ControllerRevision', set.metadata.namespace)
    .filter(revision => isOwnedBy(revision, set))
    .sort((a, b) => a.revision - b.revision)

/** Keeps the template of a daemon set or a stateful set under its hash; one that is taken up again becomes the newest. Gives its number. */
export const keepRevision = (world: World, set: KubeObject, hash: string): number => {
  const name = `${set.metadata.name}-${hash}`
  const known = revisionsOf(world, set)
  const newest = known.at(-1)
  if (newest?.metadata.name === name) return newest.revision
  const revision = (newest?.revision ?? 0) + 1
  const again = known.find(({ metadata }) => metadata.name === name)
  if (again !== undefined) {
    again.revision = revision
    touchObject(world, again)
    return revision
  }
  putObject(world, {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name,
      namespace: set.metadata.namespace ?? 'default',
      labels: { ...set.metadata.labels, 'controller-revision-hash': hash },
      ...(set.metadata.annotations === undefined ? {} : { annotations: { ...set.metadata.annotations } }),
      ownerReferences: [ownerOf(set)],
      ...(set.metadata.generation === 1 ? { creationTimestamp: set.metadata.creationTimestamp } : {}),
    },
    data: { spec: { template: { ...structuredClone(set.spec.template), $patch: 'replace' } } },
    revision,
  } as Parameters<typeof putObject>[1])
  return revision
}
