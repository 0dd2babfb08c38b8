import { controlGroupOf, isWholeGroup, withParents } from '../relations/control-group.ts'
import { groupCpuMs } from '../relations/group-cpu.ts'
import { madeGroups } from '../relations/pod-group.ts'
import { type Process, processesOf } from '../relations/processes.ts'
import { hasOldControlGroups } from '../relations/system-version.ts'
import type { FileView, Viewpoint } from './views.ts'

const FOLDER = '/sys/fs/cgroup'

/** The hierarchies in the order of /proc/PID/cgroup, the highest number first, by the names of their folders. */
export const hierarchies = [
  'pids',
  'cpuset',
  'memory',
  'hugetlb',
  'perf_event',
  'net_cls,net_prio',
  'freezer',
  'devices',
  'cpu,cpuacct',
  'blkio',
  'systemd',
] as const

const UNLIMITED = '9223372036854771712'

type Texts = Readonly<Record<string, (members: readonly Process[]) => string>>

const sumOf = (members: readonly Process[], of: (process: Process) => number): number =>
  Math.round(members.reduce((sum, process) => sum + of(process), 0))

const memoryOf = (members: readonly Process[]): number => sumOf(members, ({ memoryBytes }) => memoryBytes)

const nanoseconds = (members: readonly Process[]): string =>
  String(Math.round(groupCpuMs(members)) * 1_000_000)

const ofHierarchy: Readonly<Record<string, Texts>> = {
  memory: {
    'memory.usage_in_bytes': members => String(memoryOf(members)),
    'memory.max_usage_in_bytes': members => String(Math.round((memoryOf(members) * 1.2) / 4096) * 4096),
    'memory.limit_in_bytes': members =>
      String(members.find(({ unit }) => unit !== undefined)?.unit?.definition.memoryMaxBytes ?? UNLIMITED),
    'memory.failcnt': () => '0',
    'memory.swappiness': () => '60',
    'memory.use_hierarchy': () => '1',
    'memory.stat': members => {
      const rss = memoryOf(members)
      return `cache 0\nrss ${rss}\nrss_huge 0\nmapped_file 0\nswap 0\ninactive_anon 0\nactive_anon ${rss}\ninactive_file 0\nactive_file 0\nunevictable 0\nhierarchical_memory_limit ${UNLIMITED}`
    },
  },
  'cpu,cpuacct': {
    'cpu.cfs_period_us': () => '100000',
    'cpu.cfs_quota_us': () => '-1',
    'cpu.shares': () => '1024',
    'cpu.stat': () => 'nr_periods 0\nnr_throttled 0\nthrottled_time 0',
    'cpuacct.usage': nanoseconds,
  },
  pids: {
    'pids.current': members => String(sumOf(members, ({ threads }) => threads)),
    'pids.max': () => 'max',
  },
}

const everywhere: Texts = {
  'cgroup.procs': members => members.map(({ pid }) => pid).join('\n'),
  tasks: members => members.map(({ pid }) => pid).join('\n'),
  notify_on_release: () => '0',
}

const namesIn = (hierarchy: string): readonly string[] => [
  ...Object.keys(everywhere),
  ...Object.keys(ofHierarchy[hierarchy] ?? {}),
]

/** The group of a process in a hierarchy: most lie only in that of systemd anywhere but at the root. */
export const groupIn = (hierarchy: string, process: Process): string => {
  const group = controlGroupOf(process)
  return hierarchy === 'systemd' || isWholeGroup(group) ? group : '/'
}

const groupsAt = (
  { world, machine }: Viewpoint,
  hierarchy: string,
): ReadonlyMap<string, readonly Process[]> =>
  Map.groupBy(processesOf(world, machine), process => groupIn(hierarchy, process))

const pathsOf = (at: Viewpoint, hierarchy: string): readonly string[] =>
  [
    ...new Set(
      ['/', ...groupsAt(at, hierarchy).keys(), ...madeGroups(at.machine).map(({ path }) => path)].flatMap(
        withParents,
      ),
    ),
  ].flatMap(group =>
    namesIn(hierarchy).map(name => `${FOLDER}/${hierarchy}${group === '/' ? '' : group}/${name}`),
  )

/** /sys/fs/cgroup on a kernel with a hierarchy for each controller: what each group holds and takes, see cgroups(7). */
export const oldControlGroups: FileView = {
  folder: FOLDER,
  list: at => (hasOldControlGroups(at.machine) ? hierarchies.flatMap(name => pathsOf(at, name)) : []),
  links: at =>
    new Map(
      hasOldControlGroups(at.machine)
        ? ['cpu', 'cpuacct', 'net_cls', 'net_prio'].map(name => [
            `${FOLDER}/${name}`,
            name.startsWith('cpu') ? 'cpu,cpuacct' : 'net_cls,net_prio',
          ])
        : [],
    ),
  read: (at, path) => {
    const [, hierarchy = '', group = '', name = ''] =
      /^\/([^/]+)(.*)\/([^/]+)$/.exec(path.slice(FOLDER.length)) ?? []
    const all = groupsAt(at, hierarchy)
    const isBelow = (other: string): boolean =>
      group === '' || other === group || other.startsWith(`${group}/`)
    const members =
      name in everywhere
        ? (all.get(group === '' ? '/' : group) ?? [])
        : [...all].flatMap(([other, held]) => (isBelow(other) ? held : []))
    const text = (everywhere[name] ?? ofHierarchy[hierarchy]?.[name])?.(members) ?? ''
    return text === '' ? '' : `${text}\n`
  },
}
