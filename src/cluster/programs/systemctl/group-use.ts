import { groupCpuMs } from '../../relations/group-cpu.ts'
import type { Process } from '../../relations/processes.ts'
import type { Unit } from '../../world/unit.ts'

/** What the processes in a unit's control group take together; what the unit itself takes where none is known. */
export const groupUse = (
  members: readonly Process[],
  unit: Unit,
): { readonly tasks: number; readonly memoryBytes: number; readonly cpuMs: number } => {
  const sum = (of: (process: Process) => number): number => members.reduce((all, one) => all + of(one), 0)
  return members.length === 0
    ? { tasks: Math.max(1, unit.tasks), memoryBytes: unit.memoryBytes, cpuMs: unit.cpuMs }
    : {
        tasks: sum(({ threads }) => threads),
        memoryBytes: sum(({ memoryBytes }) => memoryBytes),
        cpuMs: groupCpuMs(members) + (unit.mainPid === 0 ? unit.cpuMs : 0),
      }
}
