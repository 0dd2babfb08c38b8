import type { Filesystem, Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { createFilesystem } from '../worlds/node/disks.ts'
import { podMountsOf } from './pod-mounts.ts'

/** The kernel's own filesystems that every machine mounts. */
const kernelMounts: readonly Filesystem[] = (
  [
    ['sysfs', '/sys', 'sysfs', 'rw,nosuid,nodev,noexec,relatime'],
    ['proc', '/proc', 'proc', 'rw,nosuid,nodev,noexec,relatime'],
    ['udev', '/dev', 'devtmpfs', 'rw,nosuid,relatime,size=8121636k,nr_inodes=2030409,mode=755,inode64'],
    ['devpts', '/dev/pts', 'devpts', 'rw,nosuid,noexec,relatime,gid=5,mode=620,ptmxmode=000'],
    ['securityfs', '/sys/kernel/security', 'securityfs', 'rw,nosuid,nodev,noexec,relatime'],
    [
      'cgroup2',
      '/sys/fs/cgroup',
      'cgroup2',
      'rw,nosuid,nodev,noexec,relatime,nsdelegate,memory_recursiveprot',
    ],
    ['bpf', '/sys/fs/bpf', 'bpf', 'rw,nosuid,nodev,noexec,relatime,mode=700'],
    ['mqueue', '/dev/mqueue', 'mqueue', 'rw,nosuid,nodev,noexec,relatime'],
  ] as const
).map(([device, mount, type, options]) => createFilesystem({ device, mount, type, options, sizeBytes: 0 }))

/** The options of a mount, with `ro` where it has become read-only. */
export const mountOptions = ({ options, isReadOnly }: Filesystem): string =>
  isReadOnly ? options.replace(/^rw\b/, 'ro') : options

/** Everything that is mounted, as /proc/mounts would list it. */
export const mountsOf = (world: World, machine: Machine): readonly Filesystem[] => {
  const own = new Set(machine.filesystems.map(({ mount }) => mount))
  return [
    ...kernelMounts.filter(({ mount }) => !own.has(mount)),
    ...machine.filesystems,
    ...podMountsOf(world, machine),
  ]
}

/** The lines of /proc/mounts. */
export const mountLines = (world: World, machine: Machine): readonly string[] =>
  mountsOf(world, machine).map(f => `${f.device} ${f.mount} ${f.type} ${mountOptions(f)} 0 0`)
