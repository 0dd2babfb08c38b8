import { makeFolder, makeLink, nodeAt, removePath, setNode, writeText } from '../files/file-tree.ts'
import { folderOf, isBelow, throughRunLink } from '../files/paths.ts'
import type { Container, Sandbox } from '../world/container.ts'
import type { FileTree } from '../world/file-node.ts'
import type { KubeObject, KubeValue } from '../world/kube-object.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { nodeFolderOf } from './node-folder.ts'
import { dataFolderOf, isWritten, VOLUME_DATA, volumeKindOf } from './pod-folders.ts'
import { volumeTexts, volumeWrittenMs } from './volume-texts.ts'

type Mounting = {
  readonly world: World
  readonly machine: Machine
  readonly pod: KubeObject
  readonly sandbox: Sandbox | undefined
}

type Binding = { readonly from: string | undefined; readonly to: string; readonly atMs: number }

const bind = (tree: FileTree, machine: Machine, { from, to, atMs }: Binding): void => {
  makeFolder(tree, folderOf(to), { mtimeMs: atMs })
  makeFolder(tree, to, { mode: 0o777, mtimeMs: atMs })
  if (from === undefined || from === '/') return
  for (const [path, node] of machine.files)
    if (isBelow(path, from)) setNode(tree, path === from ? to : `${to}${path.slice(from.length)}`, node)
}

/** Lays out a volume as the kubelet does: its files in a folder named by the time, links to them beside it. */
const layOut = (tree: FileTree, { pod, world, sandbox }: Mounting, mount: KubeValue): void => {
  const volume = pod.spec?.volumes?.find((v: KubeValue) => v.name === mount.name)
  const texts = volumeTexts({ world, pod, sandbox }, volume)
  const { subPath } = mount
  const folder = throughRunLink(mount.mountPath)
  const mtimeMs = sandbox === undefined ? world.nowMs : volumeWrittenMs(sandbox, volume)
  if (subPath !== undefined) {
    if (nodeAt(tree, folder) === undefined && texts[subPath] !== undefined)
      writeText(tree, folder, { text: texts[subPath], mtimeMs })
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

/** Puts into a container's files what its pod mounts there; again only what the kubelet keeps up to date. */
export const mountVolumes = (
  tree: FileTree,
  at: Mounting,
  { container, isAnew }: { readonly container: Container; readonly isAnew: boolean },
): void => {
  const { pod, machine, world } = at
  const spec = pod.spec?.containers?.find((c: KubeValue) => c.name === container.name)
  for (const mount of spec?.volumeMounts ?? []) {
    const volume = pod.spec?.volumes?.find((v: KubeValue) => v.name === mount.name)
    if (isWritten(volumeKindOf(volume))) layOut(tree, at, mount)
    else if (!isAnew) continue
    else
      bind(tree, machine, {
        from: nodeFolderOf(world, pod, volume),
        to: throughRunLink(mount.mountPath),
        atMs: container.createdMs,
      })
  }
}
