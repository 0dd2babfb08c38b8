import type { BlockDevice, Filesystem, MachineRole } from '../../world/machine.ts'

const GIB = 1024 ** 3
const MIB = 1024 ** 2

/** A filesystem on a disk or in memory. What is not said: ext4, read and write, one inode for 16 KiB. */
export const createFilesystem = (
  setup: Pick<Filesystem, 'device' | 'mount' | 'sizeBytes'> & Partial<Filesystem>,
): Filesystem => ({
  type: 'ext4',
  baseBytes: 24 * MIB,
  reservedBytes: setup.device.startsWith('/dev/') ? Math.round(setup.sizeBytes * 0.05) : 0,
  inodes: Math.round(setup.sizeBytes / 16_384),
  baseInodes: 11,
  options: 'rw,relatime',
  isReadOnly: false,
  error: undefined,
  ...setup,
})

const memoryMounts = (memoryBytes: number): Filesystem[] => [
  createFilesystem({
    device: 'tmpfs',
    mount: '/run',
    type: 'tmpfs',
    sizeBytes: Math.round(memoryBytes / 10),
    baseBytes: 3 * MIB,
    baseInodes: 1_180,
    options: 'rw,nosuid,nodev,noexec,relatime,mode=755,inode64',
  }),
  createFilesystem({
    device: 'tmpfs',
    mount: '/dev/shm',
    type: 'tmpfs',
    sizeBytes: Math.round(memoryBytes / 2),
    baseBytes: 0,
    baseInodes: 1,
    options: 'rw,nosuid,nodev,inode64',
  }),
  createFilesystem({
    device: 'tmpfs',
    mount: '/run/lock',
    type: 'tmpfs',
    sizeBytes: 5 * MIB,
    baseBytes: 4096,
    baseInodes: 3,
    options: 'rw,nosuid,nodev,noexec,relatime,inode64',
  }),
]

/** What CentOS 7 keeps in memory: the kernel's devices and groups too are such filesystems, which df shows. */
const centosMemoryMounts = (memoryBytes: number): Filesystem[] => {
  const sizeBytes = Math.round(memoryBytes / 2)
  const kib = Math.round(sizeBytes / 1024)
  const row = (mount: string, baseBytes: number, options: string): Filesystem =>
    createFilesystem({ device: 'tmpfs', mount, type: 'tmpfs', sizeBytes, baseBytes, baseInodes: 16, options })
  return [
    createFilesystem({
      device: 'devtmpfs',
      mount: '/dev',
      type: 'devtmpfs',
      sizeBytes: sizeBytes - 14 * MIB,
      baseBytes: 0,
      baseInodes: 340,
      options: `rw,nosuid,size=${kib - 14 * 1024}k,nr_inodes=${Math.round(kib / 4)},mode=755`,
    }),
    row('/dev/shm', 0, 'rw,nosuid,nodev'),
    row('/run', 9 * MIB, 'rw,nosuid,nodev,mode=755'),
    row('/sys/fs/cgroup', 0, 'ro,nosuid,nodev,noexec,mode=755'),
  ]
}

/** What workers carry for applications: a disk for local volumes and a share of the site's file server. */
const workerMounts = (): Filesystem[] => [
  createFilesystem({
    device: '/dev/sdc1',
    mount: '/mnt/disks/vol1',
    sizeBytes: 20 * GIB,
    baseBytes: 3.1 * GIB,
    baseInodes: 2_114,
  }),
  createFilesystem({
    device: 'nfs.example.internal:/export/shared',
    mount: '/mnt/shared',
    type: 'nfs4',
    sizeBytes: 500 * GIB,
    baseBytes: 121 * GIB,
    baseInodes: 88_402,
    options:
      'rw,relatime,vers=4.2,rsize=1048576,wsize=1048576,namlen=255,hard,proto=tcp,timeo=600,retrans=2,sec=sys,addr=10.0.4.30',
  }),
]

const createRoot = (): Filesystem =>
  createFilesystem({
    device: '/dev/sda2',
    mount: '/',
    sizeBytes: 39 * GIB,
    baseBytes: 8.4 * GIB,
    baseInodes: 214_000,
  })

/** What is mounted below the root: boot, its own disk for /var on a node, and for etcd on a control plane, where Planet does not keep it. */
const createFurther = (role: MachineRole, os: string): Filesystem[] => {
  const isNode = role !== 'workstation' && role !== 'server' && role !== 'proxy'
  return [
    createFilesystem({
      device: '/dev/sda1',
      mount: '/boot',
      sizeBytes: 974 * MIB,
      baseBytes: (os === 'centos' ? 188 : 262) * MIB,
      baseInodes: 312,
    }),
    ...(isNode
      ? [
          createFilesystem({
            device: '/dev/sdb1',
            mount: '/var',
            sizeBytes: 98 * GIB,
            baseBytes: 14.2 * GIB,
            baseInodes: 186_000,
          }),
        ]
      : []),
    ...((role === 'control-plane' || role === 'master') && os !== 'centos'
      ? [
          createFilesystem({
            device: '/dev/sdc1',
            mount: '/var/lib/etcd',
            sizeBytes: 20 * GIB,
            baseBytes: 24 * 1024,
            baseInodes: 11,
          }),
        ]
      : []),
    ...(role === 'worker' ? workerMounts() : []),
  ]
}

/** The filesystems of a server in the order of its boot: what is in memory before the root, as far as the initial RAM disk mounts it. */
export const createFilesystems = (role: MachineRole, memoryBytes: number, os: string): Filesystem[] => {
  const further = createFurther(role, os)
  if (os === 'centos') return [...centosMemoryMounts(memoryBytes), createRoot(), ...further]
  const inMemory = memoryMounts(memoryBytes)
  return [...inMemory.slice(0, 1), createRoot(), ...inMemory.slice(1), ...further]
}

/** The filesystems of a container: one volume of its host, and what is in memory. */
export const createContainerFilesystems = (memoryBytes: number, index: number): Filesystem[] => [
  createFilesystem({
    device: `/dev/mapper/pve-vm--${201 + index}--disk--0`,
    mount: '/',
    sizeBytes: 63 * GIB,
    baseBytes: 11.6 * GIB,
    baseInodes: 301_000,
  }),
  createFilesystem({
    device: 'none',
    mount: '/dev',
    type: 'tmpfs',
    sizeBytes: 492 * 1024,
    baseBytes: 4096,
    inodes: 1_015_204,
    baseInodes: 24,
    options: 'rw,relatime,size=492k,mode=755,inode64',
  }),
  ...memoryMounts(memoryBytes),
]

/** The disk of its host that a container sees and does not mount. */
export const hostDisk = (): BlockDevice => ({
  name: 'sda',
  kind: 'disk',
  parent: undefined,
  major: 8,
  minor: 0,
  sizeBytes: 931.5 * GIB,
  isReadOnly: false,
  mounts: [],
  utilPercent: 2.1,
  awaitMs: 0.9,
})

/** The disks and partitions below filesystems, as lsblk shows them. */
export const createDevices = (filesystems: readonly Filesystem[]): BlockDevice[] => {
  const devices: BlockDevice[] = []
  for (const { device, mount, sizeBytes } of filesystems) {
    const read = /^\/dev\/(sd([a-z]))(\d+)$/.exec(device)
    if (read === null) continue
    const [, disk = '', letter = 'a', number = '1'] = read
    const minor = (letter.charCodeAt(0) - 97) * 16
    const common = { major: 8, isReadOnly: false, utilPercent: disk === 'sda' ? 0.4 : 1.6, awaitMs: 0.7 }
    const parent = devices.find(known => known.name === disk)
    if (parent === undefined)
      devices.push({
        ...common,
        name: disk,
        kind: 'disk',
        parent: undefined,
        minor,
        sizeBytes: sizeBytes + MIB * 2,
        mounts: [],
      })
    else parent.sizeBytes += sizeBytes
    devices.push({
      ...common,
      name: `${disk}${number}`,
      kind: 'part',
      parent: disk,
      minor: minor + Number(number),
      sizeBytes,
      mounts: [mount],
    })
  }
  return devices.sort((a, b) => (a.name < b.name ? -1 : 1))
}
