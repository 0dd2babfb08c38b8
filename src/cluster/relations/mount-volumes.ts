import { makeFolder, makeLink, nodeAt, removePath, writeText } from '../files/file-tree.ts'
import type { Mount, Place } from '../files/mounted-tree.ts'
import { resolvePath, throughRunLink } from '../files/paths.ts'
import { specNamed } from '../kube/pod.ts'
import type { Container, Sandbox } from '../world/container.ts'
import type { FileTree } from '../world/file-node.ts'
import type { KubeObject, KubeValue } from '../world/kube-object.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { volumePlace } from './node-folder.ts'
import { dataFolderOf, isWritten, VOLUME_DATA, volumeKindOf } from './pod-folders.ts'
import { volumeTexts, volumeWrittenMs } from './volume-texts.ts'

type Mounting = {
  readonly world: World
  readonly machine: Machine
  readonly pod: KubeObject
  readonly sandbox: Sandbox | undefined
}

/** How volumes are written: into a container that has just been made, or anew. */
export type Writing = Mounting & { readonly isAnew: boolean }

/** Lays out a volume as the kubelet does: its files in a folder named by the time, links to them beside it. */
const layOut = (tree: FileTree, { pod, world, sandbox, isAnew }: Writing, mount: KubeValue): void => {
  const volume = volumeNamed(pod, mount.name)
  const texts = volumeTexts({ world, pod, sandbox }, volume)
  const { subPath } = mount
  const folder = throughRunLink(mount.mountPath)
  const mtimeMs = sandbox === undefined ? world.nowMs : volumeWrittenMs(sandbox, volume)
  if (subPath !== undefined) {
    if (isAnew && texts[subPath] !== undefined) writeText(tree, folder, { text: texts[subPath], mtimeMs })
    return
  }
  removePath(tree, folder)
  makeFolder(tree, folder, { mtimeMs, mode: volume.configMap === undefined ? 0o1777 : 0o777 })
  if (sandbox === undefined || Object.keys(texts).length === 0) return
  const dated = dataFolderOf(sandbox, volume)
  for (const [path, text] of Object.entries(texts)) {
    writeText(tree, `${folder}/${dated}/${path}`, { text, mtimeMs })
    const [first = path] = path.split('/')
    makeLink(tree, `${folder}/${first}`, { to: `${VOLUME_DATA}/${first}`, mtimeMs })
  }
  makeLink(tree, `${folder}/${VOLUME_DATA}`, { to: dated, mtimeMs })
}

const volumeNamed = (pod: KubeObject, name: string): KubeValue | undefined =>
  pod.spec?.volumes?.find((volume: KubeValue) => volume.name === name)

/** Has an entry stand where something is mounted: a file for a file, else a folder. */
const makeMountPoint = (tree: FileTree, at: string, { place, atMs }: MountPoint): void => {
  const isFile = place !== undefined && place.tree.get(place.path)?.kind === 'file'
  if (isFile) writeText(tree, at, { text: '', mtimeMs: atMs })
  else makeFolder(tree, at, { mode: 0o777, mtimeMs: atMs })
}

type MountPoint = { readonly place: Place | undefined; readonly atMs: number }

/** A part of a place, which is made where it lacks. */
const partOf = ({ tree, path }: Place, subPath: string | undefined, atMs: number): Place => {
  if (subPath === undefined) return { tree, path }
  const part = resolvePath(path, subPath)
  if (nodeAt(tree, part) === undefined) makeFolder(tree, part, { mtimeMs: atMs })
  return { tree, path: part }
}

/** What a container's pod mounts into it of the node, each with its place there. */
export const mountsOf = (tree: FileTree, at: Mounting, container: Container): readonly Mount[] => {
  const { world, machine, pod } = at
  return (specNamed(pod, container.name)?.volumeMounts ?? []).flatMap((mount: KubeValue): Mount[] => {
    const volume = volumeNamed(pod, mount.name)
    if (isWritten(volumeKindOf(volume))) return []
    const folder = throughRunLink(resolvePath('/', mount.mountPath))
    const whole = volumePlace(world, machine, { pod, volume })
    const place = whole && partOf(whole, mount.subPath, world.nowMs)
    makeMountPoint(tree, folder, { place, atMs: container.createdMs })
    return place === undefined ? [] : [{ at: folder, tree: place.tree, from: place.path }]
  })
}

/** Puts into a container's files what the kubelet writes for its pod and keeps up to date. */
export const writeVolumes = (tree: FileTree, at: Writing, container: Container): void => {
  for (const mount of specNamed(at.pod, container.name)?.volumeMounts ?? [])
    if (isWritten(volumeKindOf(volumeNamed(at.pod, mount.name)))) layOut(tree, at, mount)
}
