import { minorOf } from '../kube/minor-version.ts'
import { containerSpecs, initSpecs } from '../kube/pod.ts'
import { numberOf } from '../kube/quantity.ts'
import type { Container, Sandbox } from '../world/container.ts'
import type { KubeObject, KubeValue } from '../world/kube-object.ts'
import type { Filesystem, Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { createFilesystem } from '../worlds/node/disks.ts'
import { filesystemOf, filesystemUse } from './filesystem-use.ts'
import { podFoldersOf, volumeFolder } from './pod-folders.ts'
import { imageStoreOf, runtimeStateOf } from './runtime-folders.ts'

const MIB = 1024 ** 2
/** What the kubelet writes into memory of a token, an authority and a namespace, or of a small secret. */
export const TOKEN_BYTES = 12 * 1024

type Setup = Pick<Filesystem, 'device' | 'mount' | 'type' | 'options'> & Partial<Filesystem>

type Runtime = { readonly store: string; readonly state: string; readonly disk: Filesystem }

const small = (setup: Setup): Filesystem =>
  createFilesystem({ sizeBytes: 0, baseBytes: 0, baseInodes: 1, reservedBytes: 0, ...setup })

/** A number of a layer that stays the same for one container. */
const layerOf = (id: string): number => 60 + (Number.parseInt(id.slice(0, 4), 16) % 900)

const rootOf = (id: string, { store, state, disk }: Runtime): Filesystem => {
  const layers = `${store}/io.containerd.snapshotter.v1.overlayfs/snapshots`
  const own = `${layers}/${layerOf(id)}`
  return {
    ...disk,
    device: 'overlay',
    type: 'overlay',
    mount: `${state}/io.containerd.runtime.v2.task/k8s.io/${id}/rootfs`,
    options: `rw,relatime,lowerdir=${layers}/1/fs,upperdir=${own}/fs,workdir=${own}/work,xino=off`,
  }
}

/** The first release that gives volumes in memory a size of their own. */
const SIZES_VOLUMES = 22

const limitOf = (parts: readonly KubeValue[]): readonly number[] =>
  parts.map(({ resources }) => numberOf(resources?.limits?.memory))

/** The memory that all containers of a pod together may take; `undefined` where one of them has no limit. */
const memoryLimit = (pod: KubeObject | undefined): number | undefined => {
  if (pod === undefined) return undefined
  const limits = limitOf(containerSpecs(pod))
  const atFirst = limitOf(initSpecs(pod))
  return limits.length === 0 || [...limits, ...atFirst].includes(0)
    ? undefined
    : Math.max(
        limits.reduce((sum, limit) => sum + limit, 0),
        ...atFirst,
      )
}

/** A size and the option that sets it. */
type Sized = { readonly sizeBytes: number; readonly size: string }

/** How much a volume in memory may hold: what its pod may take, else what the node has; half of all memory before there was a limit. */
export const volumeRoom = (world: World, machine: Machine, pod: KubeObject | undefined): Sized => {
  if (minorOf(world) < SIZES_VOLUMES) return { sizeBytes: machine.memoryBytes / 2, size: '' }
  const node = world.kube.objects.get(`Node//${pod?.spec?.nodeName}`)
  const own = memoryLimit(pod) ?? numberOf(node?.status?.allocatable?.memory)
  const sizeBytes = own === 0 ? machine.memoryBytes : own
  return { sizeBytes, size: `,size=${Math.floor(sizeBytes / 1024)}k` }
}

/** Whether a volume of this kind lies in memory. */
export const isInMemory = (kind: string | undefined): boolean =>
  /^(projected|secret|downward-api)$/.test(kind ?? '')

const inMemory = (mount: string, { sizeBytes, size }: Sized): Filesystem =>
  small({
    device: 'tmpfs',
    mount,
    type: 'tmpfs',
    options: `rw,relatime${size},inode64`,
    sizeBytes,
    baseBytes: TOKEN_BYTES,
    baseInodes: 9,
  })

const sandboxMounts = (
  sandbox: Sandbox,
  containers: readonly Container[],
  runtime: Runtime,
): readonly Filesystem[] => [
  ...(sandbox.isHostNetwork
    ? []
    : [small({ device: 'nsfs', mount: `/run/netns/cni-${sandbox.kubeUid}`, type: 'nsfs', options: 'rw' })]),
  small({
    device: 'shm',
    mount: `${runtime.state}/io.containerd.grpc.v1.cri/sandboxes/${sandbox.id}/shm`,
    type: 'tmpfs',
    options: 'rw,nosuid,nodev,noexec,relatime,size=65536k,inode64',
    sizeBytes: 64 * MIB,
  }),
  ...[sandbox, ...containers.filter(({ state }) => state === 'running')].map(({ id }) => rootOf(id, runtime)),
]

/** What is mounted on a machine for its pods: secrets and tokens in memory, the memory that containers share, and their roots. */
export const podMountsOf = (world: World, machine: Machine): readonly Filesystem[] => {
  const { runtime } = machine
  const store = imageStoreOf(runtime)
  const disk = filesystemOf(machine, store)
  if (runtime?.kind !== 'containerd' || disk === undefined || !machine.isPowered) return []
  const { usedBytes, usedInodes } = filesystemUse(machine, disk)
  const layered = { ...disk, baseBytes: usedBytes, baseInodes: usedInodes }
  return podFoldersOf(world, machine).flatMap(place => [
    ...place.volumes
      .filter(({ kind }) => isInMemory(kind))
      .map(volume => inMemory(volumeFolder(place, volume), volumeRoom(world, machine, place.pod))),
    ...(place.sandbox?.state === 'ready'
      ? sandboxMounts(place.sandbox, place.containers, {
          store,
          state: runtimeStateOf(runtime),
          disk: layered,
        })
      : []),
  ])
}
