import { createFileTree, makeFolder, writeText } from '../files/file-tree.ts'
import type { Filesystem, Machine, MachineRole } from '../world/machine.ts'
import type { NetworkInterface } from '../world/network.ts'

/** What tells one machine from another. */
export type MachineSetup = {
  readonly name: string
  readonly role: MachineRole
  readonly address: string
  readonly cores: number
  readonly memoryGiB: number
  readonly bootedMs: number
  readonly index: number
}

const GIB = 1024 ** 3

const ubuntu = {
  id: 'ubuntu',
  name: 'Ubuntu',
  prettyName: 'Ubuntu 22.04.4 LTS',
  version: '22.04.4 LTS (Jammy Jellyfish)',
  versionId: '22.04',
  kernel: '5.15.0-112-generic',
  kernelVersion: '#122-Ubuntu SMP Thu May 23 07:48:21 UTC 2024',
}

const baseFiles = ({ name }: MachineSetup): Readonly<Record<string, string>> => ({
  '/etc/hostname': `${name}\n`,
  '/etc/passwd': 'root:x:0:0:root:/root:/bin/bash\nops:x:1000:1000:Operations:/home/ops:/bin/bash\n',
  '/etc/resolv.conf': 'nameserver 10.0.4.2\nsearch example.internal\n',
})

const baseFolders = [
  '/root',
  '/home/ops',
  '/tmp',
  '/var/log',
  '/var/lib',
  '/usr/bin',
  '/opt',
  '/mnt',
  '/dev',
  '/run',
]

const loopback: NetworkInterface = {
  index: 1,
  name: 'lo',
  kind: 'loopback',
  mac: '00:00:00:00:00:00',
  mtu: 65536,
  isUp: true,
  hasCarrier: true,
  addresses: ['127.0.0.1/8'],
  master: undefined,
  vxlan: undefined,
  received: { bytes: 0, packets: 0, errors: 0, dropped: 0 },
  sent: { bytes: 0, packets: 0, errors: 0, dropped: 0 },
}

const ethernet = ({ address, index }: MachineSetup): NetworkInterface => ({
  ...loopback,
  index: 2,
  name: 'ens160',
  kind: 'ethernet',
  mac: `00:50:56:9a:1c:${(16 + index).toString(16)}`,
  mtu: 1500,
  addresses: [`${address}/24`],
  received: { ...loopback.received },
  sent: { ...loopback.sent },
})

const rootFilesystem: Filesystem = {
  device: '/dev/sda1',
  mount: '/',
  type: 'ext4',
  sizeBytes: 60 * GIB,
  baseBytes: 9 * GIB,
  reservedBytes: 3 * GIB,
  inodes: 3_932_160,
  baseInodes: 214_000,
  options: 'rw,relatime',
  isReadOnly: false,
  error: undefined,
}

/** A machine with an operating system, its disks and one interface, and no services yet. */
export const createMachine = (setup: MachineSetup): Machine => {
  const files = createFileTree()
  for (const folder of baseFolders) makeFolder(files, folder, { mtimeMs: setup.bootedMs })
  for (const [path, text] of Object.entries(baseFiles(setup)))
    writeText(files, path, { text, mtimeMs: setup.bootedMs })
  return {
    name: setup.name,
    role: setup.role,
    os: ubuntu,
    isPowered: true,
    virtualization: 'kvm',
    bootId: '',
    machineId: '',
    bootedMs: setup.bootedMs,
    clockOffsetMs: 0,
    isTimeSynchronized: true,
    timezone: 'UTC',
    cpu: { cores: setup.cores, model: 'Intel(R) Xeon(R) Gold 6230 CPU @ 2.10GHz' },
    memoryBytes: setup.memoryGiB * GIB,
    swap: [],
    load: [0.2, 0.25, 0.22],
    filesystems: [{ ...rootFilesystem }],
    devices: [],
    files,
    units: new Map(),
    journal: [],
    processes: [],
    nextPid: 2_000,
    sysctls: new Map([['net.ipv4.ip_forward', '1']]),
    modules: [],
    interfaces: [structuredClone(loopback), ethernet(setup)],
    routes: [],
    firewall: { filter: [], nat: [], mangle: [], firewalld: [], firewalldPermanent: [] },
    trackedConnections: 0,
    runtime: undefined,
    environment: {},
    selinux: 'disabled',
    planet: undefined,
  }
}
