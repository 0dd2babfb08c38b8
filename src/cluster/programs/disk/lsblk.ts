import { filesystemUses } from '../../relations/filesystem-use.ts'
import { isBefore } from '../../relations/userland.ts'
import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { alignColumns, asText } from '../../text/columns.ts'
import { type OptionTable, type ReadOptions, readOptions, unknownOption } from '../../text/read-options.ts'
import type { BlockDevice } from '../../world/machine.ts'

const table: OptionTable = {
  a: 'all',
  all: 'all',
  b: 'bytes',
  bytes: 'bytes',
  d: 'nodeps',
  nodeps: 'nodeps',
  f: 'fs',
  fs: 'fs',
  i: 'ascii',
  J: 'json',
  json: 'json',
  l: 'list',
  list: 'list',
  m: 'perms',
  n: 'noheadings',
  noheadings: 'noheadings',
  o: 'output=',
  output: 'output=',
  p: 'paths',
  paths: 'paths',
  r: 'raw',
  raw: 'raw',
  S: 'scsi',
  t: 'topology',
  T: 'tree?',
  e: 'exclude=',
  x: 'sort=',
  P: 'pairs',
}

const size = (bytes: number): string => {
  const units = ['B', 'K', 'M', 'G', 'T']
  let value = bytes
  let at = 0
  while (value >= 1024 && at < units.length - 1) {
    value /= 1024
    at += 1
  }
  return `${value.toFixed(1).replace(/\.0$/, '')}${units[at]}`
}

/** The number of the filesystem on a device, as udev names it. */
export const uuidOf = ({ name, sizeBytes }: BlockDevice): string => {
  const hex = (sizeBytes + name.length * 7_919 + name.charCodeAt(2) * 104_729)
    .toString(16)
    .padStart(12, '0')
    .slice(-12)
  return `${hex.slice(0, 8)}-${hex.slice(8)}-4c1e-9d0b-${hex}`
}

const cellsOf = (call: Call, read: ReadOptions, device: BlockDevice): Readonly<Record<string, string>> => {
  const filesystem = call.machine.filesystems.find(f => f.device === `/dev/${device.name}`)
  const use = filesystem === undefined ? undefined : filesystemUses(call.machine).get(filesystem)
  const free =
    filesystem === undefined || use === undefined
      ? 0
      : filesystem.sizeBytes - filesystem.reservedBytes - use.usedBytes
  const padding = read.options.has('raw') || read.options.has('json') || read.options.has('pairs') ? 0 : 3
  return {
    name: device.name,
    kname: device.name,
    path: `/dev/${device.name}`,
    'maj:min': `${String(device.major).padStart(padding)}:${String(device.minor).padEnd(padding)}`,
    rm: '0',
    size: read.options.has('bytes') ? String(device.sizeBytes) : size(device.sizeBytes),
    ro: device.isReadOnly ? '1' : '0',
    type: device.kind,
    mountpoints: device.mounts.join(','),
    mountpoint: device.mounts[0] ?? '',
    fstype: filesystem?.type ?? '',
    fsver: filesystem?.type === 'ext4' ? '1.0' : '',
    label: '',
    uuid: filesystem === undefined ? '' : uuidOf(device),
    fsavail: filesystem === undefined ? '' : size(Math.max(0, free)),
    'fsuse%':
      filesystem === undefined || use === undefined
        ? ''
        : `${Math.round((use.usedBytes / filesystem.sizeBytes) * 100)}%`,
    fssize: filesystem === undefined ? '' : size(filesystem.sizeBytes),
    model: device.kind === 'disk' ? 'QEMU HARDDISK' : '',
    rota: '0',
    state: device.kind === 'disk' ? 'running' : '',
  }
}

const columnsOf = ({ machine }: Call, { options }: ReadOptions): readonly string[] =>
  options.get('output')?.at(-1)?.toLowerCase().split(',') ??
  (options.has('fs')
    ? isBefore(machine, 'util-linux', '2.33')
      ? ['name', 'fstype', 'label', 'uuid', 'mountpoints']
      : ['name', 'fstype', 'fsver', 'label', 'uuid', 'fsavail', 'fsuse%', 'mountpoints']
    : ['name', 'maj:min', 'rm', 'size', 'ro', 'type', 'mountpoints'])

const rightAligned = /^(rm|size|ro|fsavail|fsuse%|fssize|rota)$/

const inTree = (call: Call, read: ReadOptions): readonly (readonly [BlockDevice, string])[] => {
  const { devices } = call.machine
  const isFlat = read.options.has('list') || read.options.has('raw') || read.options.has('nodeps')
  return devices
    .filter(({ parent }) => parent === undefined)
    .flatMap(disk => {
      const below = read.options.has('nodeps') ? [] : devices.filter(({ parent }) => parent === disk.name)
      return [
        [disk, disk.name] as const,
        ...below.map(
          (part, at) =>
            [part, isFlat ? part.name : `${at === below.length - 1 ? '└─' : '├─'}${part.name}`] as const,
        ),
      ]
    })
}

const asJson = (call: Call, read: ReadOptions): string => {
  const columns = columnsOf(call, read)
  const { devices } = call.machine
  const nodeOf = (device: BlockDevice): object => {
    const cells = cellsOf(call, read, device)
    const children = devices.filter(({ parent }) => parent === device.name).map(nodeOf)
    const jsonValue = (name: string): unknown =>
      name === 'mountpoints'
        ? device.mounts.length === 0
          ? [null]
          : device.mounts
        : /^(rm|ro|rota)$/.test(name)
          ? cells[name] === '1'
          : cells[name] || null
    return {
      ...Object.fromEntries(columns.map(name => [name, jsonValue(name)])),
      ...(children.length > 0 ? { children } : {}),
    }
  }
  return `${JSON.stringify({ blockdevices: devices.filter(({ parent }) => parent === undefined).map(nodeOf) }, null, 3)}\n`
}

/** lsblk(8) of util-linux. */
export const lsblk: Program = {
  names: ['lsblk'],
  isInstalled: onMachines,
  run: (call): Reply => {
    const read = readOptions(table, call.args)
    const problem = unknownOption('lsblk', read)
    if (problem !== undefined) return { stderr: problem, exit: 1 }
    if (read.options.has('json')) return { stdout: asJson(call, read) }
    const columns = columnsOf(call, read)
    const wanted = read.words.map(word => word.replace(/^\/dev\//, ''))
    const missing = wanted.filter(name => !call.machine.devices.some(device => device.name === name))
    if (missing.length > 0)
      return { stderr: asText(missing.map(name => `lsblk: ${name}: not a block device`)), exit: 32 }
    const rows = inTree(call, read)
      .filter(
        ([{ name, parent }]) => wanted.length === 0 || wanted.includes(name) || wanted.includes(parent ?? ''),
      )
      .map(([device, name]) => {
        const cells = cellsOf(call, read, device)
        return columns.map(column =>
          column === 'name'
            ? read.options.has('paths')
              ? name.replace(/(\w+)$/, '/dev/$1')
              : name
            : (cells[column] ?? ''),
        )
      })
    const header = columns.map(column =>
      column === 'mountpoints' && !isBefore(call.machine, 'util-linux', '2.37')
        ? 'MOUNTPOINTS'
        : column === 'mountpoints'
          ? 'MOUNTPOINT'
          : column.toUpperCase(),
    )
    const alignments = columns.map(
      column => (rightAligned.test(column) ? 'right' : 'left') as 'right' | 'left',
    )
    return {
      stdout: asText(alignColumns(read.options.has('noheadings') ? rows : [header, ...rows], { alignments })),
    }
  },
}
