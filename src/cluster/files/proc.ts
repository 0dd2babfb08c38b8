import { busyDisksOf } from '../relations/disk-load.ts'
import { hugePagesOf, memoryOf } from '../relations/memory.ts'
import { mountLines } from '../relations/mounts.ts'
import { processesOf } from '../relations/processes.ts'
import { loadDemand } from '../relations/processor.ts'
import {
  askedForDescriptors,
  descriptorLinks,
  environmentOfInit,
  linksOf,
  ownLinks,
  textsOfProcess,
} from './proc-process.ts'
import { pressSysrq } from './sysrq.ts'
import type { FileView, Viewpoint } from './views.ts'

const kibi = (bytes: number): string => `${Math.round(bytes / 1024)} kB`
const rows = (pairs: readonly (readonly [string, string])[], width: number): string =>
  pairs.map(([label, value]) => `${`${label}:`.padEnd(width)}${value.padStart(24 - width)}\n`).join('')

const HUGE_KIB = 2_048

const hugeInfo = (pages: number): string =>
  [
    ['HugePages_Total:', String(pages)],
    ['HugePages_Free:', String(pages)],
    ['HugePages_Rsvd:', '0'],
    ['HugePages_Surp:', '0'],
    ['Hugepagesize:', `${HUGE_KIB} kB`],
    ['Hugetlb:', `${pages * HUGE_KIB} kB`],
  ]
    .map(
      ([label = '', value = '']) => `${label.padEnd(16)}${value.padStart(value.endsWith('kB') ? 11 : 8)}\n`,
    )
    .join('')

const memoryInfo = ({ machine }: Viewpoint): string => {
  const memory = memoryOf(machine)
  const buffers = memory.cache * 0.06
  return (
    rows(
      [
        ['MemTotal', kibi(memory.total)],
        ['MemFree', kibi(memory.free)],
        ['MemAvailable', kibi(memory.available)],
        ['Buffers', kibi(buffers)],
        ['Cached', kibi(memory.cache - buffers)],
        ['SwapCached', kibi(0)],
        ['Active', kibi(memory.used * 0.7)],
        ['Inactive', kibi(memory.cache * 0.8)],
        ['SwapTotal', kibi(memory.swapTotal)],
        ['SwapFree', kibi(memory.swapTotal - memory.swapUsed)],
        ['Dirty', kibi(1_140_000)],
        ['Writeback', kibi(0)],
        ['AnonPages', kibi(memory.used * 0.8)],
        ['Shmem', kibi(memory.shared)],
        ['Slab', kibi(memory.cache * 0.09)],
      ],
      14,
    ) + hugeInfo(hugePagesOf(machine))
  )
}

const processorInfo = ({ machine }: Viewpoint): string =>
  Array.from({ length: machine.cpu.cores }, (_, at) =>
    [
      `processor\t: ${at}`,
      'vendor_id\t: GenuineIntel',
      'cpu family\t: 6',
      'model\t\t: 85',
      `model name\t: ${machine.cpu.model}`,
      'cpu MHz\t\t: 2095.078',
      'cache size\t: 28160 KB',
      `siblings\t: 1`,
      `cpu cores\t: 1`,
      '',
      '',
    ].join('\n'),
  ).join('')

const pressureLine = (name: string, percent: number): string => {
  const value = percent.toFixed(2)
  return `${name} avg10=${value} avg60=${value} avg300=${value} total=${Math.round(percent * 91_000_000)}\n`
}

const pressure = (percent: number): string =>
  pressureLine('some', percent) + pressureLine('full', percent / 3)

const MOST_PRESSURE = 99.4

const cgroupNames = [
  'cpuset',
  'cpu',
  'cpuacct',
  'blkio',
  'memory',
  'devices',
  'freezer',
  'net_cls',
  'perf_event',
  'net_prio',
  'hugetlb',
  'pids',
  'rdma',
  'misc',
] as const

const texts: Readonly<Record<string, (at: Viewpoint) => string>> = {
  meminfo: memoryInfo,
  cpuinfo: processorInfo,
  loadavg: ({ machine, world }) => {
    const all = processesOf(world, machine)
    return `${machine.load.map(value => value.toFixed(2)).join(' ')} ${Math.max(1, Math.round(loadDemand(machine)))}/${all.reduce((sum, { threads }) => sum + threads, 0)} ${machine.nextPid}\n`
  },
  uptime: ({ machine, world }) => {
    const seconds = (world.nowMs - machine.bootedMs) / 1000
    return `${seconds.toFixed(2)} ${(seconds * machine.cpu.cores * 0.97).toFixed(2)}\n`
  },
  version: ({ machine: { os } }) =>
    `Linux version ${os.kernel} ${os.id === 'ubuntu' ? '(buildd@lcy02-amd64-110) (gcc (Ubuntu 11.4.0-1ubuntu1~22.04) 11.4.0, GNU ld (GNU Binutils for Ubuntu) 2.38)' : '(mockbuild@kbuilder.bsys.centos.org) (gcc version 4.8.5 20150623 (Red Hat 4.8.5-36) (GCC) )'} ${os.kernelVersion}\n`,
  cmdline: ({ machine: { os } }) => `BOOT_IMAGE=/vmlinuz-${os.kernel} root=/dev/sda2 ro quiet splash\n`,
  mounts: ({ machine }) =>
    mountLines(machine)
      .map(line => `${line}\n`)
      .join(''),
  swaps: ({ machine }) =>
    `Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n${machine.swap.map(({ file, sizeBytes, usedBytes }) => `${file.padEnd(40)}file\t\t${Math.round(sizeBytes / 1024)}\t\t${Math.round(usedBytes / 1024)}\t\t-2\n`).join('')}`,
  'sysrq-trigger': () => '',
  modules: ({ machine }) =>
    machine.modules
      .map(
        ({ name, sizeBytes, usedBy }) =>
          `${name} ${sizeBytes} ${usedBy.length} ${usedBy.length === 0 ? '-' : `${usedBy.join(',')},`} Live 0x0000000000000000\n`,
      )
      .join(''),
  cgroups: () =>
    `#subsys_name\thierarchy\tnum_cgroups\tenabled\n${cgroupNames.map(name => `${name}\t0\t182\t1\n`).join('')}`,
  filesystems: () =>
    'nodev\tsysfs\nnodev\ttmpfs\nnodev\tproc\nnodev\tcgroup2\nnodev\toverlay\n\text4\n\tvfat\n\txfs\n',
  stat: ({ machine, world }) =>
    `cpu  814223 1204 331870 ${Math.round((world.nowMs - machine.bootedMs) / 10)} 12044 0 8123 0 0 0\nbtime ${Math.floor(machine.bootedMs / 1000)}\nprocesses ${machine.nextPid}\nprocs_running 1\nprocs_blocked 0\n`,
  'pressure/cpu': ({ machine }) =>
    // Of the whole machine the processors are never all idle for want of a processor.
    pressureLine(
      'some',
      Math.min(MOST_PRESSURE, Math.max(0, (loadDemand(machine) / machine.cpu.cores - 0.8) * 60)),
    ) + pressureLine('full', 0),
  'pressure/memory': ({ machine }) =>
    pressure(memoryOf(machine).available < machine.memoryBytes * 0.05 ? 38 : 0),
  'pressure/io': ({ machine }) =>
    pressure(busyDisksOf(machine).some(({ utilPercent }) => utilPercent >= 90) ? 71 : 0.1),
}

const FOLDER = '/proc'

const descriptorsAt = (at: Viewpoint, path: string | undefined): readonly (readonly [string, string])[] => {
  const asked = askedForDescriptors(path)
  if (asked === 'self') return ownLinks
  const process =
    asked === undefined
      ? undefined
      : processesOf(at.world, at.machine).find(({ pid }) => pid === Number(asked))
  return process === undefined ? [] : descriptorLinks(at, process)
}

/** The processes whose folders a path may lie in: one alone, where it tells which. */
const processesAlong = ({ world, machine }: Viewpoint, path: string | undefined) => {
  const pid = /^\/proc\/(\d+)(?:\/|$)/.exec(path ?? '')?.[1]
  const all = processesOf(world, machine)
  return pid === undefined ? all : all.filter(process => process.pid === Number(pid))
}

const parse = (path: string): readonly [number, string] => {
  const [pid = '', name = ''] = path.slice(FOLDER.length + 1).split(/\/(.*)/s)
  return [pid === 'self' ? 1 : Number(pid), name]
}

/** /proc, but what lies below /proc/sys and /proc/net: the machine's state as the kernel tells it, see proc(5). */
export const proc: FileView = {
  folder: FOLDER,
  list: (at, path) => [
    ...Object.keys(texts).map(name => `${FOLDER}/${name}`),
    ...Object.keys(textsOfProcess).map(name => `${FOLDER}/self/${name}`),
    ...processesAlong(at, path).flatMap(process => [
      ...Object.keys(textsOfProcess).map(name => `${FOLDER}/${process.pid}/${name}`),
      ...linksOf(process).map(([link]) => link),
    ]),
    ...descriptorsAt(at, path).map(([link]) => link),
  ],
  links: (at, path) => new Map([...processesAlong(at, path).flatMap(linksOf), ...descriptorsAt(at, path)]),
  write: (at, path, text) =>
    path === `${FOLDER}/sysrq-trigger` ? pressSysrq(at, text) : 'Permission denied',
  read: (at, path) => {
    const text = texts[path.slice(FOLDER.length + 1)]
    if (text !== undefined) return text(at)
    const [pid, name] = parse(path)
    const process = processesOf(at.world, at.machine).find(each => each.pid === pid)
    if (process?.kind === 'init' && name === 'environ') return environmentOfInit(at)
    return process === undefined ? '' : (textsOfProcess[name]?.(process) ?? '')
  },
}
