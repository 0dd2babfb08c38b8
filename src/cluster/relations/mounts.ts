import type { Filesystem, Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { createFilesystem } from '../worlds/node/disks.ts'
import { podMountsOf } from './pod-mounts.ts'
import { hasOldControlGroups } from './system-version.ts'

type Row = readonly [device: string, mount: string, type: string, options: string]

const asMount = ([device, mount, type, options]: Row): Filesystem =>
  createFilesystem({ device, mount, type, options, sizeBytes: 0 })

const SAFE = 'rw,nosuid,nodev,noexec,relatime'

/** The kernel's own filesystems that every machine mounts. */
const kernelMounts: readonly Filesystem[] = (
  [
    ['sysfs', '/sys', 'sysfs', SAFE],
    ['proc', '/proc', 'proc', SAFE],
    ['udev', '/dev', 'devtmpfs', 'rw,nosuid,relatime,size=8121636k,nr_inodes=2030409,mode=755,inode64'],
    ['devpts', '/dev/pts', 'devpts', 'rw,nosuid,noexec,relatime,gid=5,mode=620,ptmxmode=000'],
    ['securityfs', '/sys/kernel/security', 'securityfs', SAFE],
    ['cgroup2', '/sys/fs/cgroup', 'cgroup2', `${SAFE},nsdelegate,memory_recursiveprot`],
    ['bpf', '/sys/fs/bpf', 'bpf', `${SAFE},mode=700`],
    ['mqueue', '/dev/mqueue', 'mqueue', SAFE],
  ] as const
).map(asMount)

/** The same of a kernel with a hierarchy of control groups for each controller, as CentOS 7 mounts them. */
const oldKernelMounts: readonly Filesystem[] = (
  [
    ['sysfs', '/sys', 'sysfs', SAFE],
    ['proc', '/proc', 'proc', SAFE],
    ['securityfs', '/sys/kernel/security', 'securityfs', SAFE],
    ['devpts', '/dev/pts', 'devpts', 'rw,nosuid,noexec,relatime,gid=5,mode=620,ptmxmode=000'],
    [
      'cgroup',
      '/sys/fs/cgroup/systemd',
      'cgroup',
      `${SAFE},xattr,release_agent=/usr/lib/systemd/systemd-cgroups-agent,name=systemd`,
    ],
    ['pstore', '/sys/fs/pstore', 'pstore', SAFE],
    ...[
      ['blkio', 'blkio'],
      ['cpu,cpuacct', 'cpuacct,cpu'],
      ['devices', 'devices'],
      ['freezer', 'freezer'],
      ['net_cls,net_prio', 'net_prio,net_cls'],
      ['perf_event', 'perf_event'],
      ['hugetlb', 'hugetlb'],
      ['memory', 'memory'],
      ['cpuset', 'cpuset'],
      ['pids', 'pids'],
    ].map(
      ([folder, options]) => ['cgroup', `/sys/fs/cgroup/${folder}`, 'cgroup', `${SAFE},${options}`] as const,
    ),
    ['configfs', '/sys/kernel/config', 'configfs', 'rw,relatime'],
    [
      'systemd-1',
      '/proc/sys/fs/binfmt_misc',
      'autofs',
      'rw,relatime,fd=22,pgrp=1,timeout=0,minproto=5,maxproto=5,direct,pipe_ino=10823',
    ],
    ['debugfs', '/sys/kernel/debug', 'debugfs', 'rw,relatime'],
    ['hugetlbfs', '/dev/hugepages', 'hugetlbfs', 'rw,relatime'],
    ['mqueue', '/dev/mqueue', 'mqueue', 'rw,relatime'],
  ] as const
).map(asMount)

const PTS = 'rw,nosuid,noexec,relatime,gid=5,mode=620,ptmxmode=666,max=1024'
const LXCFS = 'rw,nosuid,nodev,relatime,user_id=0,group_id=0,allow_other'

/** What a container's host mounts in it: some of its kernel's filesystems, and lxcfs over the files that tell of the whole host. */
const containerMounts: readonly Filesystem[] = (
  [
    ['proc', '/proc', 'proc', SAFE],
    ['sysfs', '/sys', 'sysfs', 'rw,nosuid,nodev,noexec,relatime'],
    ['proc', '/dev/.lxc/proc', 'proc', 'rw,relatime'],
    ['sys', '/dev/.lxc/sys', 'sysfs', 'rw,relatime'],
    ['none', '/sys/fs/cgroup', 'cgroup2', 'rw,nosuid,nodev,noexec,relatime'],
    ...['cpuinfo', 'diskstats', 'loadavg', 'meminfo', 'slabinfo', 'stat', 'swaps', 'uptime'].map(
      name => ['lxcfs', `/proc/${name}`, 'fuse.lxcfs', LXCFS] as const,
    ),
    ['lxcfs', '/sys/devices/system/cpu', 'fuse.lxcfs', LXCFS],
    ['devpts', '/dev/ptmx', 'devpts', PTS],
    ['devpts', '/dev/console', 'devpts', PTS],
    ['devpts', '/dev/tty1', 'devpts', PTS],
    ['devpts', '/dev/tty2', 'devpts', PTS],
    ['devpts', '/dev/pts', 'devpts', PTS],
    ['mqueue', '/dev/mqueue', 'mqueue', SAFE],
  ] as const
).map(asMount)

const ofKernelOn = (machine: Machine): readonly Filesystem[] => {
  if (machine.virtualization === 'lxc') return containerMounts
  return hasOldControlGroups(machine) ? oldKernelMounts : kernelMounts
}

/** The options of a mount, with `ro` where it has become read-only. */
export const mountOptions = ({ options, isReadOnly }: Filesystem): string =>
  isReadOnly ? options.replace(/^rw\b/, 'ro') : options

/** Everything that is mounted, as /proc/mounts would list it. */
export const mountsOf = (world: World, machine: Machine): readonly Filesystem[] => {
  const own = new Set(machine.filesystems.map(({ mount }) => mount))
  const ofKernel = ofKernelOn(machine).filter(({ mount }) => !own.has(mount))
  // A container has its root and /dev before what is mounted on them.
  const first = machine.virtualization === 'lxc' ? 2 : 0
  return [
    ...machine.filesystems.slice(0, first),
    ...ofKernel,
    ...machine.filesystems.slice(first),
    ...podMountsOf(world, machine),
  ]
}

/** The lines of /proc/mounts. */
export const mountLines = (world: World, machine: Machine): readonly string[] =>
  mountsOf(world, machine).map(f => `${f.device} ${f.mount} ${f.type} ${mountOptions(f)} 0 0`)
