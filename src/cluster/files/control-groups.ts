import { controlGroupOf } from '../relations/control-group.ts'
import { type Process, processesOf } from '../relations/processes.ts'
import { usualTasksMax } from '../relations/resource-limits.ts'
import type { Machine } from '../world/machine.ts'
import type { FileView, Viewpoint } from './views.ts'

const FOLDER = '/sys/fs/cgroup'
/** The span that a quota of the processors is counted by. */
const PERIOD_US = 100_000

type Group = { readonly machine: Machine; readonly members: readonly Process[] }

const sumOf = ({ members }: Group, of: (process: Process) => number): number =>
  Math.round(members.reduce((sum, process) => sum + of(process), 0))

const limitOf = ({ members }: Group) => members.find(({ unit }) => unit !== undefined)?.unit?.definition

const cpuStat = (group: Group): string => {
  const us = sumOf(group, ({ cpuMs }) => cpuMs) * 1000
  return `usage_usec ${us}\nuser_usec ${Math.round(us * 0.7)}\nsystem_usec ${us - Math.round(us * 0.7)}`
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
  'memory.max': group => String(limitOf(group)?.memoryMaxBytes ?? 'max'),
  'pids.current': group => String(sumOf(group, ({ threads }) => threads)),
  'pids.max': group =>
    limitOf(group) === undefined ? 'max' : String(limitOf(group)?.tasksMax ?? usualTasksMax(group.machine)),
}

const groupsAt = ({ world, machine }: Viewpoint): ReadonlyMap<string, readonly Process[]> =>
  Map.groupBy(
    processesOf(world, machine).filter(({ kind }) => kind !== 'kernel'),
    controlGroupOf,
  )

/** /sys/fs/cgroup: what each control group holds, takes and may take, see cgroups(7). */
export const controlGroups: FileView = {
  folder: FOLDER,
  list: at =>
    [...groupsAt(at).keys()].flatMap(group => Object.keys(texts).map(name => `${FOLDER}${group}/${name}`)),
  read: (at, path) => {
    const [, group = '', name = ''] = /^(.*)\/([^/]+)$/.exec(path.slice(FOLDER.length)) ?? []
    const members = groupsAt(at).get(group) ?? []
    return `${texts[name]?.({ machine: at.machine, members }) ?? ''}\n`
  },
}
