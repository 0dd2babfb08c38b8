import { dropNode, setNode } from '../files/file-tree.ts'
import { isBelow } from '../files/paths.ts'
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
  /** The options that were asked for, beside `ro` and `rw`. */
  readonly options?: readonly string[]
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

const KIB = 1024
const unitBytes: Readonly<Record<string, number>> = { '': 1, k: KIB, m: KIB ** 2, g: GIB }

/** The value of an option of a mount, the last that was given. */
const optionValue = (options: readonly string[], key: string): string | undefined =>
  options.findLast(option => option.startsWith(`${key}=`))?.slice(key.length + 1)

/** The bytes that `size=` of a tmpfs says: with a unit, or as a share of the machine's memory. */
const sizeAsked = (machine: Machine, options: readonly string[]): number | undefined => {
  const [, count, unit = ''] = /^(\d+)([kmg%]?)$/i.exec(optionValue(options, 'size') ?? '') ?? []
  if (count === undefined) return undefined
  return unit === '%'
    ? (machine.memoryBytes * Number(count)) / 100
    : Number(count) * (unitBytes[unit.toLowerCase()] ?? 1)
}

const kept =
  /^(nosuid|nodev|noexec|noatime|nodiratime|sync|dirsync|lazytime|discard|barrier=\d|data=\w+|errors=[\w-]+)$/

/** The options of a filesystem on a disk or in memory as the kernel lists them. */
const localOptions = (options: readonly string[]): string =>
  [
    'rw',
    ...options.filter(option => kept.test(option)),
    ...(options.includes('noatime') ? [] : ['relatime']),
  ].join(',')

/** What holds for a tmpfs by the options that it is mounted with: how much it takes, and how that is listed. */
export const tmpfsSettings = (
  machine: Machine,
  options: readonly string[],
): Pick<Filesystem, 'sizeBytes' | 'inodes' | 'options'> => {
  const asked = sizeAsked(machine, options)
  const inodes = optionValue(options, 'nr_inodes')
  const mode = optionValue(options, 'mode')
  return {
    sizeBytes: asked ?? machine.memoryBytes / 2,
    inodes: inodes === undefined ? Math.round(machine.memoryBytes / 2 / 4096) : Number(inodes),
    options: [
      localOptions(options),
      ...(asked === undefined ? [] : [`size=${Math.ceil(asked / KIB)}k`]),
      ...(inodes === undefined ? [] : [`nr_inodes=${inodes}`]),
      ...(mode === undefined ? [] : [`mode=${mode.replace(/^0+(?=\d)/, '')}`]),
      'inode64',
    ].join(','),
  }
}

/** The filesystem that comes of mounting a disk, a share of another host or memory. */
export const filesystemFor = (
  world: World,
  machine: Machine,
  { device, mount, type, isReadOnly, options = [] }: MountRequest,
): Filesystem => {
  const isRemote = isShare(device)
  const waiting = machine.unmounted?.find(known => known.device === device)
  // A share is asked for anew; what is wrong with a disk stays wrong.
  if (waiting !== undefined)
    return { ...waiting, mount, isReadOnly, error: isRemote ? undefined : waiting.error }
  const disk = machine.devices.find(({ name }) => `/dev/${name}` === device)
  if (disk === undefined && !isRemote)
    return createFilesystem({
      device,
      mount,
      type: type ?? 'tmpfs',
      baseBytes: 0,
      baseInodes: 1,
      isReadOnly,
      ...tmpfsSettings(machine, options),
    })
  return createFilesystem({
    device,
    mount,
    type: type?.replace(/^nfs$/, 'nfs4') ?? (isRemote ? 'nfs4' : 'ext4'),
    sizeBytes: disk?.sizeBytes ?? 500 * GIB,
    baseBytes: isRemote ? 120 * GIB : 0,
    options: isRemote ? remoteOptions(world, machine, device.split(':')[0] ?? '') : localOptions(options),
    isReadOnly,
  })
}

/** Takes what lies in a filesystem's folder away, but what lies on others that are mounted in it, and puts what was out of sight in its place. */
const exchangeFiles = ({ files, filesystems }: Machine, filesystem: Filesystem): void => {
  const { mount } = filesystem
  const within = filesystems.map(each => each.mount).filter(each => each !== mount && isBelow(each, mount))
  const seen = [...files].filter(
    ([path]) =>
      path !== mount &&
      isBelow(path, mount) &&
      !within.some(other => isBelow(path, other) || isBelow(other, path)),
  )
  for (const [path] of seen) dropNode(files, path)
  for (const [path, node] of filesystem.outOfSight ?? []) setNode(files, path, node)
  filesystem.outOfSight = seen
}

/** Puts a filesystem among those of a machine; it covers what lay in its folder. */
export const attachFilesystem = (machine: Machine, filesystem: Filesystem): void => {
  machine.filesystems.push(filesystem)
  exchangeFiles(machine, filesystem)
  machine.unmounted = (machine.unmounted ?? []).filter(({ device }) => device !== filesystem.device)
  machine.devices.find(({ name }) => `/dev/${name}` === filesystem.device)?.mounts.push(filesystem.mount)
}

/** Takes a filesystem from those of a machine; what a device or a share holds stays there. */
export const detachFilesystem = (machine: Machine, filesystem: Filesystem): void => {
  exchangeFiles(machine, filesystem)
  machine.filesystems = machine.filesystems.filter(each => each !== filesystem)
  for (const device of machine.devices)
    device.mounts = device.mounts.filter(mounted => mounted !== filesystem.mount)
  if (isLasting(filesystem.device)) machine.unmounted = [...(machine.unmounted ?? []), filesystem]
}
