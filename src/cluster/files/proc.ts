import { commandLineOf } from '../journal/boot-line.ts'
import { loginsOf } from '../relations/logins.ts'
import { memoryHolder } from '../relations/memory.ts'
import { mountLines } from '../relations/mounts.ts'
import { base, type Process } from '../relations/process.ts'
import { processesOf } from '../relations/processes.ts'
import { loadDemand } from '../relations/processor.ts'
import { processorTimeOf } from '../relations/processor-time.ts'
import { stalled } from '../relations/stalls.ts'
import { swapLines } from '../relations/swap-lines.ts'
import { asText } from '../text/columns.ts'
import { memoryCounters, memoryInfo, stallText } from './proc-memory.ts'
import {
  askedForDescriptors,
  descriptorLinks,
  environmentOfInit,
  linksOf,
  ownLinks,
  readerPid,
  textsOfProcess,
} from './proc-process.ts'
import { statText } from './proc-stat.ts'
import { pressSysrq } from './sysrq.ts'
import type { FileView, Viewpoint } from './views.ts'

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
    return `${seconds.toFixed(2)} ${(processorTimeOf(world, memoryHolder(machine)).idleMs / 1000).toFixed(2)}\n`
  },
  version: ({ machine: { os } }) =>
    `Linux version ${os.kernel} ${os.id === 'ubuntu' ? '(buildd@lcy02-amd64-110) (gcc (Ubuntu 11.4.0-1ubuntu1~22.04) 11.4.0, GNU ld (GNU Binutils for Ubuntu) 2.38)' : '(mockbuild@kbuilder.bsys.centos.org) (gcc version 4.8.5 20150623 (Red Hat 4.8.5-36) (GCC) )'} ${os.kernelVersion}\n`,
  cmdline: ({ machine }) => `${commandLineOf(machine)}\n`,
  mounts: ({ world, machine }) =>
    mountLines(world, machine)
      .map(line => `${line}\n`)
      .join(''),
  swaps: ({ machine }) => asText(swapLines(machine)),
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
  stat: statText,
  vmstat: memoryCounters,
  ...Object.fromEntries(
    stalled.map(what => [`pressure/${what}`, ({ machine }: Viewpoint) => stallText(machine, what)]),
  ),
}

const FOLDER = '/proc'

const descriptorsAt = (at: Viewpoint, path: string | undefined): readonly (readonly [string, string])[] => {
  const asked = askedForDescriptors(path)
  if (asked === 'self') return ownLinks(at)
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

const parse = (path: string): readonly [string, string] => {
  const [pid = '', name = ''] = path.slice(FOLDER.length + 1).split(/\/(.*)/s)
  return [pid, name]
}

/** The program that looks at itself: a short one, begun by the shell. */
const readerAt = ({ world, machine, user = 'root' }: Viewpoint): Process => ({
  ...base,
  kind: 'free',
  pid: readerPid(machine),
  parentPid: loginsOf(machine).at(-1)?.shellPid ?? 1,
  user,
  name: 'cat',
  command: 'cat',
  startedMs: world.nowMs,
  memoryBytes: 1_712_128,
  virtualBytes: 3_133_440,
  state: 'R',
})

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
    const process =
      pid === 'self' && at.machine.inside === undefined
        ? readerAt(at)
        : processesOf(at.world, at.machine).find(each => each.pid === Number(pid === 'self' ? 1 : pid))
    if (process?.kind === 'init' && name === 'environ') return environmentOfInit(at)
    return process === undefined ? '' : (textsOfProcess[name]?.(process, at) ?? '')
  },
}
