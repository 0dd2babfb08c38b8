import { uidOf } from '../kube/pod.ts'
import { getObject } from '../kube/store.ts'
import type { KubeObject, KubeValue } from '../world/kube-object.ts'
import type { World } from '../world/world.ts'
import { POD_FOLDERS, volumeKindOf } from './pod-folders.ts'

const claimedFolder = (world: World, { metadata }: KubeObject, name: string): string | undefined => {
  const claim = getObject(world.kube, { kind: 'PersistentVolumeClaim', namespace: metadata.namespace, name })
  const volume = getObject(world.kube, { kind: 'PersistentVolume', name: claim?.spec?.volumeName ?? '' })
  return volume?.spec?.hostPath?.path ?? volume?.spec?.local?.path
}

/** The folder of a node that its pods see as a volume; `undefined` where the volume is none of the node's own folders. */
export const nodeFolderOf = (world: World, pod: KubeObject, volume: KubeValue): string | undefined => {
  const { hostPath, persistentVolumeClaim: claim } = volume ?? {}
  if (hostPath) return hostPath.path
  if (claim) return claimedFolder(world, pod, claim.claimName)
  const kind = volumeKindOf(volume)
  return kind === undefined
    ? undefined
    : `${POD_FOLDERS}/${uidOf(pod)}/volumes/kubernetes.io~${kind}/${volume.name}`
}
