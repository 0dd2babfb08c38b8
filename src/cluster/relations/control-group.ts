import { isBelow } from '../files/paths.ts'
import type { Process } from './process.ts'

/** The control group of a unit's processes, as its path below /sys/fs/cgroup. */
export const unitGroup = (name: string): string => `/system.slice/${name}`

/** The control group that a process lies in, as its path below /sys/fs/cgroup; threads of the kernel lie in the root. */
export const controlGroupOf = ({ unit, group, kind }: Process): string => {
  if (group !== undefined) return group
  if (unit !== undefined) return unitGroup(unit.name)
  switch (kind) {
    case 'init':
      return '/init.scope'
    case 'kernel':
      return '/'
    default:
      return '/user.slice/user-0.slice/session-1.scope'
  }
}

/** Whether whoever made a group made it in every hierarchy of an old kernel: a kubelet, or what runs Planet. */
export const isWholeGroup = (group: string): boolean => /^\/kubepods\b|\.service\/./.test(group)

/** A group with those that it lies in, the root first. */
export const withParents = (group: string): readonly string[] => {
  const parts = group.split('/').filter(part => part !== '')
  return ['/', ...parts.map((_, at) => `/${parts.slice(0, at + 1).join('/')}`)]
}

/** Whether a process lies in a group or in one below it. */
export const isInGroup = (process: Process, group: string): boolean => isBelow(controlGroupOf(process), group)

/** The processes that lie in the control group of a unit: its own, and the shims of a runtime's sandboxes, which outlive it. */
export const membersOf = (processes: readonly Process[], name: string): readonly Process[] =>
  processes.filter(process => process.kind !== 'kernel' && controlGroupOf(process) === unitGroup(name))
