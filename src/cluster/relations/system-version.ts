import type { Machine } from '../world/machine.ts'
import { releaseOf } from './userland.ts'

/** The version of systemd that a machine runs. */
export const systemdVersionOf = (machine: Pick<Machine, 'os'>): number =>
  Number(releaseOf(machine, 'systemd'))

/** Whether every user who is logged in has a systemd of their own, and slices are named by users' numbers. */
export const hasUserManagers = (machine: Pick<Machine, 'os'>): boolean => systemdVersionOf(machine) >= 240

/** Whether a machine's kernel keeps a hierarchy of control groups for each controller, as those before 4.5 do. */
export const hasOldControlGroups = ({ os }: Pick<Machine, 'os'>): boolean => os.kernel.startsWith('3.')

/** Whether the kernel has AppArmor: those of Red Hat's systems come without. */
export const hasAppArmor = ({ os }: Machine): boolean => !/\.el\d/.test(os.kernel)
