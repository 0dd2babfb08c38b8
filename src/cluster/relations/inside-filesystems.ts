import type { Container } from '../world/container.ts'
import type { Filesystem, Machine } from '../world/machine.ts'
import { filesystemOf, filesystemUse } from './filesystem-use.ts'
import { imageStoreOf } from './runtime-folders.ts'

const MIB = 1024 ** 2
const ACCOUNT = '/run/secrets/kubernetes.io/serviceaccount'

const inMemory = (like: Filesystem, own: Pick<Filesystem, 'device' | 'mount' | 'sizeBytes'>): Filesystem => ({
  ...like,
  ...own,
  type: 'tmpfs',
  baseBytes: 0,
  baseInodes: 1,
  reservedBytes: 0,
  isReadOnly: false,
  error: undefined,
  options: 'rw,nosuid,nodev,noexec,relatime',
})

/** The filesystems that a container sees: its layers over the disk of its runtime, and small ones in memory. */
export const filesystemsInside = (machine: Machine, { files }: Container): Filesystem[] => {
  const store = filesystemOf(machine, imageStoreOf(machine.runtime))
  if (store === undefined) return machine.filesystems
  const { usedBytes, usedInodes } = filesystemUse(machine, store)
  const disk = { ...store, baseBytes: usedBytes, baseInodes: usedInodes, mount: '/etc/hosts' }
  const memory = [
    { device: 'tmpfs', mount: '/dev', sizeBytes: 64 * MIB },
    { device: 'shm', mount: '/dev/shm', sizeBytes: 64 * MIB },
    ...(files?.has(`/var${ACCOUNT}`) ? [{ device: 'tmpfs', mount: ACCOUNT, sizeBytes: 256 * MIB }] : []),
  ]
  return [
    { ...disk, device: 'overlay', mount: '/', type: 'overlay', options: 'rw,relatime' },
    disk,
    ...memory.map(own => inMemory(store, own)),
  ]
}
