import type { Process } from './processes.ts'

/** The control group that a process lies in, as its path below /sys/fs/cgroup; threads of the kernel lie in the root. */
export const controlGroupOf = ({ unit, container, kind }: Process): string => {
  if (unit !== undefined) return `/system.slice/${unit.name}`
  if (container !== undefined) return `/kubepods.slice/cri-containerd-${container.id}.scope`
  switch (kind) {
    case 'init':
      return '/init.scope'
    case 'kernel':
      return '/'
    case 'shim':
      return '/system.slice/containerd.service'
    case 'pause':
      return '/kubepods.slice'
    default:
      return '/user.slice/user-0.slice/session-1.scope'
  }
}
