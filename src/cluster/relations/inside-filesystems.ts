import { throughRunLink } from '../files/paths.ts'
import { specNamed } from '../kube/pod.ts'
import { getObject } from '../kube/store.ts'
import type { Container } from '../world/container.ts'
import type { KubeObject, KubeValue } from '../world/kube-object.ts'
import type { Filesystem, Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { filesystemOf, filesystemUse } from './filesystem-use.ts'
import { nodeFolderOf } from './node-folder.ts'
import { isWritten, volumeKindOf } from './pod-folders.ts'
import { isInMemory, TOKEN_BYTES, volumeRoom } from './pod-mounts.ts'
import { imageStoreOf } from './runtime-folders.ts'

const MIB = 1024 ** 2
const IN_MEMORY = 'rw,nosuid,nodev,noexec,relatime'

type Own = Pick<Filesystem, 'device' | 'mount' | 'sizeBytes'> & Partial<Filesystem>

const inMemory = (like: Filesystem, own: Own): Filesystem => ({
  ...like,
  type: 'tmpfs',
  baseBytes: 0,
  baseInodes: 1,
  reservedBytes: 0,
  isReadOnly: false,
  error: undefined,
  options: IN_MEMORY,
  ...own,
})

type Place = { readonly world: World; readonly machine: Machine; readonly disk: Filesystem }

/** A folder of a node's filesystem as a mount of its own. */
const boundTo = (
  machine: Machine,
  own: Filesystem,
  { at, isReadOnly }: { readonly at: string; readonly isReadOnly: boolean },
): Filesystem => {
  const { usedBytes, usedInodes } = filesystemUse(machine, own)
  const options = `${isReadOnly ? 'ro' : 'rw'},relatime`
  return {
    ...own,
    mount: at,
    baseBytes: usedBytes,
    baseInodes: usedInodes,
    isReadOnly: isReadOnly || own.isReadOnly,
    options,
  }
}

/** What the kubelet writes is mounted for reading alone: secrets in memory, config maps from its disk. */
const volumesInside = (
  { world, machine, disk }: Place,
  pod: KubeObject,
  container: Container,
): readonly Filesystem[] => {
  const spec = specNamed(pod, container.name)
  return (spec?.volumeMounts ?? []).flatMap((mount: KubeValue): Filesystem[] => {
    const volume = pod.spec?.volumes?.find(({ name }: KubeValue) => name === mount.name)
    const kind = volumeKindOf(volume)
    const at = throughRunLink(mount.mountPath.replace(/\/$/, ''))
    if (!isWritten(kind)) {
      const folder = nodeFolderOf(world, { pod, volume })
      const own = folder === undefined ? undefined : filesystemOf(machine, folder)
      return own === undefined ? [] : [boundTo(machine, own, { at, isReadOnly: mount.readOnly === true })]
    }
    const baseBytes = kind === 'projected' ? TOKEN_BYTES : 0
    if (!isInMemory(kind)) return [{ ...disk, mount: at, isReadOnly: true, options: 'ro,relatime' }]
    const { sizeBytes, size } = volumeRoom(world, machine, pod)
    const options = `ro,relatime${size},inode64`
    return [inMemory(disk, { device: 'tmpfs', mount: at, sizeBytes, baseBytes, isReadOnly: true, options })]
  })
}

/** The filesystems that a container sees: its layers over the disk of its runtime, small ones in memory, and its volumes. */
export const filesystemsInside = (world: World, machine: Machine, container: Container): Filesystem[] => {
  const store = filesystemOf(machine, imageStoreOf(machine.runtime))
  if (store === undefined) return machine.filesystems
  const { usedBytes, usedInodes } = filesystemUse(machine, store)
  const disk = { ...store, baseBytes: usedBytes, baseInodes: usedInodes, mount: '/etc/hosts' }
  const { namespace, podName: name } = container
  const pod = getObject(world.kube, { kind: 'Pod', namespace, name })
  const spec = pod && specNamed(pod, container.name)
  const isReadOnly = spec?.securityContext?.readOnlyRootFilesystem === true
  const options = `${isReadOnly ? 'ro' : 'rw'},relatime`
  return [
    { ...disk, device: 'overlay', mount: '/', type: 'overlay', options, isReadOnly },
    inMemory(store, { device: 'tmpfs', mount: '/dev', sizeBytes: 64 * MIB }),
    inMemory(store, { device: 'shm', mount: '/dev/shm', sizeBytes: 64 * MIB }),
    disk,
    ...(pod === undefined ? [] : volumesInside({ world, machine, disk }, pod, container)),
  ]
}
