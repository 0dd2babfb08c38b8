import { controlGroupOf } from '../relations/control-group.ts'
import { descriptorsOfProcess } from '../relations/descriptors.ts'
import { oomAdjustmentOf, oomScoreOf } from '../relations/oom-adjustment.ts'
import { pagesFor } from '../relations/page-sizes.ts'
import type { Process } from '../relations/processes.ts'
import { openFilesMaxOf } from '../relations/resource-limits.ts'
import { hasOldControlGroups } from '../relations/system-version.ts'
import { TERMINAL } from '../relations/terminal.ts'
import type { Machine } from '../world/machine.ts'
import { groupIn, hierarchies } from './old-control-groups.ts'
import { rollupText, statmText } from './process-memory.ts'
import { statusText } from './process-status.ts'
import type { Viewpoint } from './views.ts'

const PROCESSES = '63596'

const unlimited = ['unlimited', 'unlimited'] as const

const limitsText = ({ unit, container }: Process): string => {
  const { soft, hard } = openFilesMaxOf(unit, container)
  const most = unit?.definition.tasksMax === undefined ? PROCESSES : String(unit.definition.tasksMax)
  const rows: readonly (readonly [string, readonly [string, string], string])[] = [
    ['cpu time', unlimited, 'seconds'],
    ['file size', unlimited, 'bytes'],
    ['data size', unlimited, 'bytes'],
    ['stack size', ['8388608', 'unlimited'], 'bytes'],
    ['core file size', ['0', 'unlimited'], 'bytes'],
    ['resident set', unlimited, 'bytes'],
    ['processes', [most, most], 'processes'],
    ['open files', [String(soft), String(hard)], 'files'],
    ['locked memory', ['67108864', '67108864'], 'bytes'],
    ['address space', unlimited, 'bytes'],
    ['file locks', unlimited, 'locks'],
    ['pending signals', [PROCESSES, PROCESSES], 'signals'],
    ['msgqueue size', ['819200', '819200'], 'bytes'],
    ['nice priority', ['0', '0'], ''],
    ['realtime priority', ['0', '0'], ''],
    ['realtime timeout', unlimited, 'us'],
  ]
  const row = ([first, second, third, fourth]: readonly [string, string, string, string]): string =>
    `${first.padEnd(25)} ${second.padEnd(20)} ${third.padEnd(20)} ${fourth.padEnd(10)}\n`
  return (
    row(['Limit', 'Soft Limit', 'Hard Limit', 'Units']) +
    rows.map(([name, [low, high], units]) => row([`Max ${name}`, low, high, units])).join('')
  )
}

/** Of the time of a processor the part within the kernel. */
const IN_KERNEL = 0.3
const TICK_MS = 10
const NO_LIMIT = '18446744073709551615'
/** So many numbers follow the resident pages and their limit. */
const MORE = 27

/** /proc/PID/stat, see proc(5). */
const processStat = (process: Process, { machine }: Viewpoint): string => {
  const { pid, name, state, parentPid, threads, virtualBytes, memoryBytes, cpuMs, startedMs } = process
  const ticks = (ms: number): number => Math.max(0, Math.round(ms / TICK_MS))
  const inKernel = ticks(cpuMs * IN_KERNEL)
  const times = [ticks(cpuMs) - inKernel, inKernel, 0, 0]
  const memory = [virtualBytes, pagesFor(memoryBytes), NO_LIMIT]
  const since = ticks(startedMs - machine.bootedMs)
  const head = [pid, `(${name})`, state[0], parentPid, pid, pid, 0, -1, 4_194_560, 0, 0, 0, 0]
  return `${[...head, ...times, 20, 0, threads, 0, since, ...memory, ...Array.from({ length: MORE }, () => 0)].join(' ')}\n`
}

/** The files in a process's folder below /proc. */
export const textsOfProcess: Readonly<Record<string, (process: Process, at: Viewpoint) => string>> = {
  cmdline: ({ command, kind }) => (kind === 'kernel' ? '' : `${command.split(' ').join('\0')}\0`),
  comm: ({ name }) => `${name}\n`,
  status: statusText,
  environ: ({ unit, container }) =>
    Object.entries(unit?.environment ?? container?.environment ?? {})
      .map(([name, value]) => `${name}=${value}\0`)
      .join(''),
  statm: statmText,
  smaps_rollup: rollupText,
  limits: limitsText,
  cgroup: (process, { machine }) =>
    hasOldControlGroups(machine)
      ? hierarchies
          .map((name, at) => {
            const label =
              {
                systemd: 'name=systemd',
                'cpu,cpuacct': 'cpuacct,cpu',
                'net_cls,net_prio': 'net_prio,net_cls',
              }[name as string] ?? name
            return `${hierarchies.length - at}:${label}:${groupIn(name, process)}\n`
          })
          .join('')
      : `0::${controlGroupOf(process)}\n`,
  stat: processStat,
  oom_score: (process, at) => `${oomScoreOf(at, process)}\n`,
  oom_score_adj: (process, at) => `${oomAdjustmentOf(at, process)}\n`,
}

/** The program file of a process; threads of the kernel have none. */
export const programOf = ({ command, kind, name }: Process): string | undefined => {
  if (kind === 'kernel') return undefined
  if (kind === 'init') return '/usr/lib/systemd/systemd'
  const [first = ''] = command.split(' ')
  if (first === 'sshd:') return '/usr/sbin/sshd'
  return first.startsWith('/') ? first.replace(/:$/, '') : `/usr/bin/${name.replace(/^-/, '')}`
}

/** Where a process stands: a login shell at home, as far as is known, and others where nothing holds them. */
const cwdOf = ({ command, user }: Process): string =>
  command !== '-bash' ? '/' : user === 'root' ? '/root' : `/home/${user}`

type Links = readonly (readonly [path: string, target: string])[]

/** The links in a process's folder, by the folder's path. */
export const linksOf = (process: Process): Links => {
  const folder = `/proc/${process.pid}`
  const program = programOf(process)
  return program === undefined
    ? []
    : [
        [`${folder}/cwd`, cwdOf(process)],
        [`${folder}/exe`, program],
        [`${folder}/root`, '/'],
      ]
}

/** The process whose folder a path leads into, if what it holds open is asked for. */
export const askedForDescriptors = (path: string | undefined): string | undefined =>
  /^\/proc\/(\d+|self)(?:\/fd(?:\/\d+)?)?$/.exec(path ?? '')?.[1]

/** A link for what each number of a process stands for. */
export const descriptorLinks = ({ world, machine }: Viewpoint, process: Process): Links =>
  descriptorsOfProcess(world, machine, process).map(({ fd, target }) => [
    `/proc/${process.pid}/fd/${fd}`,
    target,
  ])

/** The pid of a short program that a shell begins now. */
export const readerPid = ({ nextPid }: Machine): number => nextPid + 1

/** What a shell's own command holds open: its terminal, and the folder that it looks at. */
export const ownLinks = ({ machine }: Viewpoint): Links => [
  ...[0, 1, 2].map(fd => [`/proc/self/fd/${fd}`, TERMINAL] as const),
  ['/proc/self/fd/3', `/proc/${readerPid(machine)}/fd`],
]

/** What the first process of a machine was started with: in a container its kind, else what the kernel hands on. */
export const environmentOfInit = ({ machine }: Viewpoint): string =>
  (machine.virtualization === 'lxc'
    ? ['container=lxc', 'TERM=linux']
    : ['HOME=/', 'TERM=linux', `BOOT_IMAGE=/vmlinuz-${machine.os.kernel}`]
  )
    .map(line => `${line}\0`)
    .join('')
