import type { Filesystem, Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { createFilesystem } from '../worlds/node/disks.ts'
import { resolveName } from './resolve-name.ts'

const GIB = 1024 ** 3

/** What is to be mounted, and where. */
export type MountRequest = {
  readonly device: string
  readonly mount: string
  readonly type?: string | undefined
  readonly isReadOnly: boolean
}

/** Whether a device is a share of another host, as `server:/export`. */
export const isShare = (device: string): boolean => /^[^/]\S*:\//.test(device)

/** Whether a device keeps what was written to it: a disk or a share, not memory. */
export const isLasting = (device: string): boolean => device.startsWith('/dev/') || isShare(device)

const remoteOptions = (world: World, machine: Machine, host: string): string => {
  const resolved = resolveName(world, machine, host)
  const address = resolved.kind === 'found' ? resolved.address : host
  return `rw,relatime,vers=4.2,rsize=1048576,wsize=1048576,namlen=255,hard,proto=tcp,timeo=600,retrans=2,sec=sys,addr=${address}`
}

/** The filesystem that comes of mounting a disk, a share of another host or memory. */
export const filesystemFor = (
  world: World,
  machine: Machine,
  { device, mount, type, isReadOnly }: MountRequest,
): Filesystem => {
  const isRemote = isShare(device)
  const waiting = machine.unmounted?.find(known => known.device === device)
  // A share is asked for anew; what is wrong with a disk stays wrong.
  if (waiting !== undefined)
    return { ...waiting, mount, isReadOnly, error: isRemote ? undefined : waiting.error }
  const disk = machine.devices.find(({ name }) => `/dev/${name}` === device)
  return createFilesystem({
    device,
    mount,
    type: type?.replace(/^nfs$/, 'nfs4') ?? (isRemote ? 'nfs4' : 'ext4'),
    sizeBytes: disk?.sizeBytes ?? (isRemote ? 500 * GIB : machine.memoryBytes / 2),
    baseBytes: isRemote ? 120 * GIB : 0,
    options: isRemote ? remoteOptions(world, machine, device.split(':')[0] ?? '') : 'rw,relatime',
    isReadOnly,
  })
}

/** Puts a filesystem among those of a machine. */
export const attachFilesystem = (machine: Machine, filesystem: Filesystem): void => {
  machine.filesystems.push(filesystem)
  machine.unmounted = (machine.unmounted ?? []).filter(({ device }) => device !== filesystem.device)
  machine.devices.find(({ name }) => `/dev/${name}` === filesystem.device)?.mounts.push(filesystem.mount)
}

/** Takes a filesystem from those of a machine; what a device or a share holds stays there. */
export const detachFilesystem = (machine: Machine, filesystem: Filesystem): void => {
  machine.filesystems = machine.filesystems.filter(each => each !== filesystem)
  for (const device of machine.devices)
    device.mounts = device.mounts.filter(mounted => mounted !== filesystem.mount)
  if (isLasting(filesystem.device)) machine.unmounted = [...(machine.unmounted ?? []), filesystem]
}
