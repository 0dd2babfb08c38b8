import { createFileTree, makeFolder, nodeAt, setNode } from '../files/file-tree.ts'
import type { Place } from '../files/mounted-tree.ts'
import { uidOf } from '../kube/pod.ts'
import { getObject } from '../kube/store.ts'
import type { KubeObject, KubeValue } from '../world/kube-object.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { volumeKindOf } from './pod-folders.ts'
import { POD_FOLDERS } from './runtime-folders.ts'

const claimedFolder = (world: World, { metadata }: KubeObject, name: string): string | undefined => {
  const claim = getObject(world.kube, { kind: 'PersistentVolumeClaim', namespace: metadata.namespace, name })
  const volume = getObject(world.kube, { kind: 'PersistentVolume', name: claim?.spec?.volumeName ?? '' })
  return volume?.spec?.hostPath?.path ?? volume?.spec?.local?.path
}

/** A volume with the pod that has it. */
export type VolumeOf = { readonly pod: KubeObject; readonly volume: KubeValue }

/** The folder of a node that its pods see as a volume; `undefined` where the volume is none of the node's own folders. */
export const nodeFolderOf = (world: World, { pod, volume }: VolumeOf): string | undefined => {
  const { hostPath, persistentVolumeClaim: claim } = volume ?? {}
  if (hostPath) return hostPath.path
  if (claim) return claimedFolder(world, pod, claim.claimName)
  const kind = volumeKindOf(volume)
  return kind === undefined
    ? undefined
    : `${POD_FOLDERS}/${uidOf(pod)}/volumes/kubernetes.io~${kind}/${volume.name}`
}

/** What an empty volume holds, which is made as it is first asked for. */
const emptyVolume = ({ nowMs }: World, { runtime }: Machine, { pod, volume }: VolumeOf): Place => {
  const volumes = runtime?.volumes ?? {}
  if (runtime !== undefined) runtime.volumes = volumes
  const key = `${uidOf(pod)}/${volume.name}`
  const tree = volumes[key] ?? createFileTree()
  const root = tree.get('/')
  if (volumes[key] === undefined && root !== undefined)
    setNode(tree, '/', { ...root, mode: 0o777, mtimeMs: nowMs })
  volumes[key] = tree
  return { tree, path: '/' }
}

/** Where the files of a volume lie that containers write to; `undefined` where it is none of the node's own folders. */
export const volumePlace = (world: World, machine: Machine, at: VolumeOf): Place | undefined => {
  if (volumeKindOf(at.volume) === 'empty-dir') return emptyVolume(world, machine, at)
  const path = nodeFolderOf(world, at)
  if (path === undefined || volumeKindOf(at.volume) !== undefined) return undefined
  // The runtime makes a folder that it is to mount and that is not there.
  if (nodeAt(machine.files, path) === undefined) makeFolder(machine.files, path, { mtimeMs: world.nowMs })
  return { tree: machine.files, path: path.replace(/(?<=.)\/$/, '') }
}
