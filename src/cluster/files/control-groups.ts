import { controlGroupOf, withParents } from '../relations/control-group.ts'
import { groupCpuMs } from '../relations/group-cpu.ts'
import { madeGroups } from '../relations/pod-group.ts'
import { type Process, processesOf } from '../relations/processes.ts'
import { usualTasksMax } from '../relations/resource-limits.ts'
import { isStarved } from '../relations/stopped.ts'
import { hasOldControlGroups } from '../relations/system-version.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { groupMemory, memoryEvents, rootMemory } from './control-group-memory.ts'
import { oldControlGroups } from './old-control-groups.ts'
import type { FileView, Viewpoint } from './views.ts'

const FOLDER = '/sys/fs/cgroup'
/** The span that a quota of the processors is counted by. */
const PERIOD_US = 100_000

type Group = {
  readonly world: World
  readonly machine: Machine
  readonly path: string
  readonly members: readonly Process[]
}

const sumOf = ({ members }: Group, of: (process: Process) => number): number =>
  Math.round(members.reduce((sum, process) => sum + of(process), 0))

const limitOf = ({ members }: Group) => members.find(({ unit }) => unit !== undefined)?.unit?.definition

/** How often a quota of the processors ran out before its period did, and how long its processes then waited. */
const throttling = ({ world, members }: Group): string => {
  const unit = members.find(process => process.unit !== undefined)?.unit
  const quota = unit?.definition.cpuQuotaPercent
  if (unit === undefined || quota === undefined) return 'nr_periods 0\nnr_throttled 0\nthrottled_usec 0'
  const periods = Math.floor(((world.nowMs - (unit.startedMs ?? world.nowMs)) * 1_000) / PERIOD_US)
  const share = Math.min(0.98, (unit.usual.cpuPercent / quota) * (isStarved(unit) ? 0.97 : 0.35))
  const throttled = Math.round(periods * share)
  return `nr_periods ${periods}\nnr_throttled ${throttled}\nthrottled_usec ${throttled * Math.round(PERIOD_US * 0.8)}`
}

const cpuStat = (group: Group): string => {
  const us = Math.round(groupCpuMs(group.members)) * 1000
  return `usage_usec ${us}\nuser_usec ${Math.round(us * 0.7)}\nsystem_usec ${us - Math.round(us * 0.7)}\n${throttling(group)}`
}

const texts: Readonly<Record<string, (group: Group) => string>> = {
  'cgroup.procs': ({ members }) => members.map(({ pid }) => pid).join('\n'),
  'cgroup.controllers': () => 'cpuset cpu io memory hugetlb pids rdma misc',
  'cpu.max': group => {
    const percent = limitOf(group)?.cpuQuotaPercent
    return `${percent === undefined ? 'max' : (percent * PERIOD_US) / 100} ${PERIOD_US}`
  },
  'cpu.stat': cpuStat,
  'memory.current': group => String(sumOf(group, ({ memoryBytes }) => memoryBytes)),
  'memory.events': ({ machine, path }) => memoryEvents(machine, path),
  'memory.stat': ({ members }) => groupMemory(members),
  'memory.max': group => String(limitOf(group)?.memoryMaxBytes ?? 'max'),
  'pids.current': group => String(sumOf(group, ({ threads }) => threads)),
  'pids.max': group =>
    limitOf(group) === undefined ? 'max' : String(limitOf(group)?.tasksMax ?? usualTasksMax(group.machine)),
}

/** What the root group tells: it has no limits. */
const rootTexts: Readonly<Record<string, (group: Group) => string>> = {
  'cgroup.procs': ({ members }) => members.map(({ pid }) => pid).join('\n'),
  'cgroup.subtree_control': () => 'cpuset cpu io memory hugetlb pids rdma misc',
  'memory.stat': ({ machine }) => rootMemory(machine),
}

const groupsAt = ({ world, machine }: Viewpoint): ReadonlyMap<string, readonly Process[]> =>
  Map.groupBy(
    processesOf(world, machine).filter(({ kind }) => kind !== 'kernel'),
    controlGroupOf,
  )

/** Every group with the processes that lie in it or below it, none in what is only made; the root is no group of this kind. */
const wholeGroupsAt = (at: Viewpoint): ReadonlyMap<string, readonly Process[]> => {
  const wholes = new Map<string, Process[]>()
  for (const [group, members] of groupsAt(at))
    for (const path of withParents(group).slice(1))
      wholes.set(path, [...(wholes.get(path) ?? []), ...members])
  for (const { path } of madeGroups(at.machine))
    for (const group of withParents(path).slice(1)) if (!wholes.has(group)) wholes.set(group, [])
  return wholes
}

/** /sys/fs/cgroup: what each control group holds, takes and may take, see cgroups(7). */
export const controlGroups: FileView = {
  folder: FOLDER,
  list: at =>
    hasOldControlGroups(at.machine)
      ? oldControlGroups.list(at)
      : [
          ...Object.keys(rootTexts).map(name => `${FOLDER}/${name}`),
          ...[...wholeGroupsAt(at).keys()].flatMap(group =>
            Object.keys(texts).map(name => `${FOLDER}${group}/${name}`),
          ),
        ],
  links: at => oldControlGroups.links?.(at) ?? new Map(),
  read: (at, path) => {
    if (hasOldControlGroups(at.machine)) return oldControlGroups.read(at, path)
    const [, group = '', name = ''] = /^(.*)\/([^/]+)$/.exec(path.slice(FOLDER.length)) ?? []
    const isRoot = group === ''
    const groups = isRoot || name === 'cgroup.procs' ? groupsAt(at) : wholeGroupsAt(at)
    const members = groups.get(isRoot ? '/' : group) ?? []
    const view = (isRoot ? rootTexts : texts)[name]
    const text = view?.({ world: at.world, machine: at.machine, path: group, members }) ?? ''
    return text === '' ? '' : `${text}\n`
  },
}
