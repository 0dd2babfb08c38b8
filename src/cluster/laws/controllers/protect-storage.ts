import { finishDeletions, setFinalizer } from '../../kube/deletion.ts'
import { listObjects } from '../../kube/store.ts'
import { isFinished } from '../../relations/pods.ts'
import type { KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'

/** The claims that pods on nodes use, as namespace and name. */
const usedClaims = (world: World): ReadonlySet<string> =>
  new Set(
    listObjects(world.kube, 'Pod')
      .filter(pod => pod.spec?.nodeName !== undefined && !isFinished(pod))
      .flatMap(pod =>
        (pod.spec?.volumes ?? []).flatMap((volume: KubeValue) =>
          volume.persistentVolumeClaim === undefined
            ? []
            : [`${pod.metadata.namespace}/${volume.persistentVolumeClaim.claimName}`],
        ),
      ),
  )

/** Claims in use are kept from being removed; what was to go goes when that ends. */
export const protectClaims = (world: World): void => {
  const used = usedClaims(world)
  for (const claim of listObjects(world.kube, 'PersistentVolumeClaim')) {
    const isUsed = used.has(`${claim.metadata.namespace}/${claim.metadata.name}`)
    const isHeld = claim.metadata.deletionTimestamp === undefined || isUsed
    setFinalizer(world, claim, { name: 'kubernetes.io/pvc-protection', isHeld })
  }
  finishDeletions(world)
}

/** Volumes that are bound are kept from being removed. */
export const protectVolumes = (world: World): void => {
  for (const volume of listObjects(world.kube, 'PersistentVolume')) {
    const isHeld = volume.metadata.deletionTimestamp === undefined || volume.status?.phase === 'Bound'
    setFinalizer(world, volume, { name: 'kubernetes.io/pv-protection', isHeld })
  }
  finishDeletions(world)
}
