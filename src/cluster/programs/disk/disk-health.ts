import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { alignColumns, asText } from '../../text/columns.ts'
import type { BlockDevice, Filesystem } from '../../world/machine.ts'
import { uuidOf } from './lsblk.ts'

const partOf = ({ machine }: Call, word: string): Filesystem | undefined =>
  machine.filesystems.find(({ device, mount }) => device === word || mount === word)

const isBroken = ({ machine }: Call, disk: string): boolean =>
  machine.filesystems.some(({ device, error }) => error !== undefined && device.startsWith(disk))

const smart = (call: Call): Reply => {
  const disk = call.args.find(arg => arg.startsWith('/dev/'))
  if (disk === undefined || !call.machine.devices.some(({ name }) => `/dev/${name}` === disk))
    return {
      stderr: `smartctl 7.2 2020-12-30 r5155 [x86_64-linux-${call.machine.os.kernel}] (local build)\n\nSmartctl open device: ${disk ?? ''} failed: No such device\n`,
      exit: 2,
    }
  const state = isBroken(call, disk) ? 'FAILED!' : 'PASSED'
  return {
    stdout: `smartctl 7.2 2020-12-30 r5155 [x86_64-linux-${call.machine.os.kernel}] (local build)\nCopyright (C) 2002-20, Bruce Allen, Christian Franke, www.smartmontools.org\n\n=== START OF READ SMART DATA SECTION ===\nSMART overall-health self-assessment test result: ${state}\n`,
    exit: state === 'PASSED' ? 0 : 8,
  }
}

const check = (call: Call): Reply => {
  const word = call.args.find(arg => arg.startsWith('/'))
  const filesystem = word === undefined ? undefined : partOf(call, word)
  if (filesystem === undefined) return { stderr: `${call.name}: ${word ?? ''}: not found\n`, exit: 8 }
  return {
    stdout: 'e2fsck 1.46.5 (30-Dec-2021)\n',
    stderr: `${filesystem.device} is mounted.\n${call.name}: Cannot continue, aborting.\n\n`,
    exit: 8,
  }
}

const GIB = 1024 ** 3

const SECTOR_BYTES = 512
const FIRST_SECTOR = 2_048

const shortSize = (bytes: number): string =>
  bytes >= GIB ? `${Number((bytes / GIB).toFixed(1))}G` : `${Number((bytes / 1024 ** 2).toFixed(1))}M`

/** Partitions one behind another, as fdisk lists them. */
const partitionTable = (parts: readonly BlockDevice[]): readonly string[] => {
  let start = FIRST_SECTOR
  const rows = parts.map(({ name, sizeBytes }) => {
    const sectors = Math.floor(sizeBytes / SECTOR_BYTES)
    const row = [
      `/dev/${name}`,
      start,
      start + sectors - 1,
      sectors,
      shortSize(sizeBytes),
      'Linux filesystem',
    ]
    start += sectors
    return row.map(String)
  })
  const right = 'right' as const
  return alignColumns([['Device', 'Start', 'End', 'Sectors', 'Size', 'Type'], ...rows], {
    alignments: ['left', right, right, right, right, 'left'],
    gap: 1,
  })
}

const listDisks = ({ machine }: Call): string =>
  machine.devices
    .filter(({ kind }) => kind === 'disk')
    .map(disk => {
      const parts = machine.devices.filter(({ parent }) => parent === disk.name)
      return asText([
        `Disk /dev/${disk.name}: ${Number((disk.sizeBytes / GIB).toFixed(2))} GiB, ${disk.sizeBytes} bytes, ${Math.floor(disk.sizeBytes / 512)} sectors`,
        'Disk model: QEMU HARDDISK   ',
        'Units: sectors of 1 * 512 = 512 bytes',
        'Sector size (logical/physical): 512 bytes / 512 bytes',
        'I/O size (minimum/optimal): 512 bytes / 512 bytes',
        'Disklabel type: gpt',
        `Disk identifier: ${uuidOf(disk).toUpperCase()}`,
        ...(parts.length === 0 ? [] : ['', ...partitionTable(parts)]),
      ])
    })
    .join('\n\n')

const identify = ({ machine }: Call): string =>
  asText(
    machine.filesystems
      .filter(({ device }) => device.startsWith('/dev/'))
      .flatMap(({ device, type }) => {
        const disk = machine.devices.find(({ name }) => `/dev/${name}` === device)
        return disk === undefined
          ? []
          : [`${device}: UUID="${uuidOf(disk)}" BLOCK_SIZE="4096" TYPE="${type}"`]
      }),
  )

/** Tools that look at disks themselves: smartctl(8), fsck(8), fdisk(8), blkid(8). A mounted filesystem is not checked. */
export const diskHealth: Program = {
  names: ['smartctl', 'fsck', 'e2fsck', 'fsck.ext4', 'fdisk', 'blkid'],
  isInstalled: onMachines,
  run: (call): Reply => {
    if (call.user !== 'root' && call.name !== 'blkid')
      return { stderr: `${call.name}: Permission denied\n`, exit: 1 }
    if (call.name === 'smartctl') return smart(call)
    if (call.name === 'blkid') return { stdout: identify(call) }
    if (call.name !== 'fdisk') return check(call)
    return call.args.includes('-l')
      ? { stdout: listDisks(call) }
      : { stderr: "fdisk: bad usage\nTry 'fdisk --help' for more information.\n", exit: 1 }
  },
}
