import { listObjects } from '../../kube/store.ts'
import { humanDuration, msOf } from '../../kube/times.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import type { Row } from './describe-parts.ts'

/** The phase of a volume or a claim, and for how long it has been about to go. */
const endingOf = (world: World, { metadata, status }: KubeObject): string =>
  metadata.deletionTimestamp === undefined
    ? (status?.phase ?? '')
    : `Terminating (lasts ${humanDuration(world.nowMs - msOf(metadata.deletionTimestamp))})`

/** What a claim says of itself. */
export const claimRows = (world: World, o: KubeObject): readonly Row[] => [
  ['StorageClass', o.spec?.storageClassName ?? ''],
  ['Status', endingOf(world, o)],
  ['Volume', o.spec?.volumeName ?? ''],
  ['Finalizers', `[${(o.metadata.finalizers ?? []).join(' ')}]`],
  ['Capacity', o.status?.capacity?.storage ?? ''],
  ['Access Modes', (o.status?.accessModes ?? []).join(',')],
  ['VolumeMode', o.spec?.volumeMode ?? 'Filesystem'],
  [
    'Used By',
    listObjects(world.kube, 'Pod', o.metadata.namespace)
      .filter(p =>
        p.spec?.volumes?.some((v: KubeValue) => v.persistentVolumeClaim?.claimName === o.metadata.name),
      )
      .map(p => p.metadata.name)
      .join(', ') || '<none>',
  ],
]

/** What a persistent volume says of itself. */
export const storageRows = (world: World, o: KubeObject): readonly Row[] => [
  ['Finalizers', `[${(o.metadata.finalizers ?? []).join(' ')}]`],
  ['StorageClass', o.spec?.storageClassName ?? ''],
  ['Status', endingOf(world, o)],
  ['Claim', o.spec?.claimRef === undefined ? '' : `${o.spec.claimRef.namespace}/${o.spec.claimRef.name}`],
  ['Reclaim Policy', o.spec?.persistentVolumeReclaimPolicy ?? ''],
  ['Access Modes', (o.spec?.accessModes ?? []).join(',')],
  ['VolumeMode', o.spec?.volumeMode ?? 'Filesystem'],
  ['Capacity', o.spec?.capacity?.storage ?? ''],
]
